import { yesApi as shared } from '../../providers';
import { underType } from '../kit/vendorProvider';

/** A credential of YesApi, read and checked. */
export type YesApiCredentials = ReturnType<typeof shared.readCredentials>;

/** YesApi under the credential type of this package. */
export const yesApi = underType(shared, 'yesApiAccountApi');
