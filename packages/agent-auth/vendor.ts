import { agentAuth as shared } from '../../providers';
import { underType } from '../kit/vendorProvider';

/** Agent Auth under the credential type of this package. */
export const agentAuth = underType(shared, 'agentAuthAccountApi');
