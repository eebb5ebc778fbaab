import type { WrittenDescription } from '../description/schema';
import * as files from './files';

/** The services that are known by name: by the value of the credential's field `service`, the name of their file. */
export const SERVICES = files as unknown as Readonly<Record<string, WrittenDescription>>;
