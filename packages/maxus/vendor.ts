import { maxus as shared } from '../../providers';
import { underType } from '../kit/vendorProvider';

/** Maxus under the credential type of this package. */
export const maxus = underType(shared, 'maxusAccountApi');
