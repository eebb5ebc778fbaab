import { serviceComb as shared } from '../../providers';
import { underType } from '../kit/vendorProvider';

/** ServiceComb under the credential type of this package. */
export const serviceComb = underType(shared, 'serviceCombAccountApi');
