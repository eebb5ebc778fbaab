import { generateKeyPairSync, type KeyObject } from 'node:crypto';

interface Pair {
	privateKey: KeyObject;
	publicKey: KeyObject;
}

let rsa: Pair | undefined;
let ec: Pair | undefined;

/** One RSA pair for the life of the process, made when it is first asked for. */
export const rsaPair = (): Pair => (rsa ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));

/** One pair on P-256 for the life of the process. */
export const ecPair = (): Pair => (ec ??= generateKeyPairSync('ec', { namedCurve: 'P-256' }));
