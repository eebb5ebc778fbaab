import type { IssuedTokens } from '../issuedTokens';
import { readClaims, signHs256 } from '../jwt';
import type { Exchange, Surroundings } from '../types';
import type { Outcome } from './interfaceCall';
import { carriedOut, missing, wrongParameters, type Interface } from './outcomes';
import { phpJson } from './php';

const SIGNING_KEY = 'fake-yesapi-signing-key-for-tests';
const DEFAULT_SECONDS = '86400';
const SHORTEST_SECONDS = 10;
const SESSION_SECONDS = 30 * 86_400;

/** The three interfaces that deal with tokens. */
export function jwtInterfaces(
	{ now, faults, tokenSeconds }: Surroundings,
	tokens: IssuedTokens,
): Record<string, Interface> {
	const seconds = () => Math.floor(now() / 1000);
	const sessionExp = seconds() + SESSION_SECONDS;

	function issue(exchange: Exchange, sub: string, uid: string, exp: number): Outcome {
		const claims = {
			iss: 'http://www.yesapi.cn',
			aud: 'http://api.yesapi.cn',
			sub,
			uid,
			iat: seconds(),
			exp,
		};
		const token = signHs256(phpJson(claims), SIGNING_KEY);
		tokens.add(token, exp * 1000);
		exchange.record.token = token;
		return carriedOut({ jwt_token: token });
	}

	return {
		'App.Common_Jwt.ApplyToken'({ parameters }, exchange) {
			// An empty one is not the default: PHP reads it as 0.
			const expTime = parameters.get('expTime') ?? DEFAULT_SECONDS;
			if (!/^\d+$/.test(expTime) || Number(expTime) < SHORTEST_SECONDS) {
				return wrongParameters(`参数expTime应该大于或等于${SHORTEST_SECONDS}`);
			}
			const exp = seconds() + (tokenSeconds('yesApi') ?? Number(expTime));
			const sub = parameters.get('sub') ?? 'YesApi';
			return issue(exchange, sub, parameters.get('uid') ?? '', exp);
		},

		'App.Common_Jwt.VerifyToken'({ parameters }) {
			const token = parameters.get('jwt_token');
			if (!token) return missing('jwt_token');
			const codeName = faults.yesApiMisspelledErrCode ? 'err_coce' : 'err_code';
			if (tokens.stateOf(token, now()) !== 'good') {
				const invalid = { err_msg: 'jwt_token校验失败', sub: '', uid: '', exp: 0 };
				return { ret: 200, data: { [codeName]: 1, ...invalid }, msg: '' };
			}
			const { sub, uid, exp } = readClaims(token);
			return { ret: 200, data: { [codeName]: 0, err_msg: '', sub, uid, exp }, msg: '' };
		},

		'App.Common_Jwt.ExchangeToken'({ parameters }, exchange) {
			const uuid = parameters.get('uuid');
			if (!uuid) return missing('uuid');
			const lifetime = tokenSeconds('yesApi');
			const exp = lifetime === undefined ? sessionExp : seconds() + lifetime;
			return issue(exchange, 'YesApiET', uuid, exp);
		},
	};
}
