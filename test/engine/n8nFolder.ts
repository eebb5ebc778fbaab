import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Import before n8n-core, which reads these settings once, when it is loaded. */
const folder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));

process.env.N8N_USER_FOLDER = folder;
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_ENCRYPTION_KEY = 'fake-encryption-key-for-tests';
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';

afterAll(() => rmSync(folder, { recursive: true, force: true }));
