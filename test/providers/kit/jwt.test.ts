import { readClaims, timeClaim } from '../../../providers/kit/jwt';
import { SAMPLE_PRIVATE_EXPONENT, SAMPLE_TOKEN } from '../../support/maxusSample';
import { unsignedJwt } from '../../support/unsignedJwt';

it("reads the claims of the vendor's sample", () => {
	expect(readClaims(SAMPLE_TOKEN)).toMatchObject({
		serviceCode: 'australia',
		iat: 1703569340,
		exp: 1703570780,
		expireTimeStamp: '1703569520190',
		rsaVO: { rsaPublicExponent: '10001', gainCount: 43 },
	});
});

it('leaves out private key material', () => {
	const claims = readClaims(SAMPLE_TOKEN);
	expect(claims?.rsaVO).not.toHaveProperty('rsaPrivateExponent');
	expect(JSON.stringify(claims)).not.toContain(SAMPLE_PRIVATE_EXPONENT);
	expect(atob(SAMPLE_TOKEN.split('.')[1] ?? '')).toContain(SAMPLE_PRIVATE_EXPONENT);
});

it('leaves it out wherever it is nested', () => {
	const token = unsignedJwt({ keys: [{ PrivateKey: 'fake', n: 1 }], roles: ['admin'] });
	expect(readClaims(token)).toEqual({ keys: [{ n: 1 }], roles: ['admin'] });
});

it.each(['opaque-fake-token', 'a.b.c', '', 'eyJhbGciOiJub25lIn0.bm90IGpzb24.'])(
	'gives null for "%s", which is no JWT',
	(token) => {
		expect(readClaims(token)).toBeNull();
	},
);

it('reads a time in Unix seconds', () => {
	expect(timeClaim({ iat: 1703569340 }, 'iat')).toBe(1703569340000);
});

it.each([[null], [{}], [{ iat: '1703569340' }], [{ iat: null }], [{ iat: Infinity }]])(
	'gives null for a time in %j',
	(claims) => {
		expect(timeClaim(claims, 'iat')).toBeNull();
	},
);
