import { yesApi as shared } from '../../providers';
import { underType } from '../kit/vendorProvider';

/** YesApi under the credential type of this package. */
export const yesApi = underType(shared, 'yesApiAccountApi');
