import * as v from 'valibot';

const scalar = v.union([v.string(), v.number(), v.boolean(), v.null()]);
const texts = v.record(v.string(), scalar);

/** A request as the vendor's documents have it; values stand in it as `{{username}}`. */
const request = v.strictObject({
	method: v.string(),
	/** Without the query. */
	url: v.string(),
	query: v.optional(texts, {}),
	/** By names in lower case; Basic authentication as `Basic {{username}}:{{password}}`. */
	headers: v.optional(texts, {}),
	/** Whether both parts of Basic authentication are form-encoded first. */
	isBasicFormEncoded: v.optional(v.boolean(), false),
	json: v.optional(v.unknown()),
	form: v.optional(texts),
	text: v.optional(v.string()),
});

const response = {
	status: v.optional(v.number(), 200),
	headers: v.optional(v.record(v.string(), v.unknown()), {}),
	json: v.optional(v.unknown()),
	text: v.optional(v.string()),
};

/** What the message of a refusal has to hold. */
const refusal = v.strictObject({ ...response, says: v.optional(v.string()) });

const given = v.strictObject({
	token: v.optional(v.string()),
	extra: v.optional(v.record(v.string(), v.string()), {}),
	/** Seconds from 2026-01-01T00:00:00Z; `null`: until refused. */
	expiresIn: v.nullable(v.number()),
});

/** What a call carries. */
const call = v.strictObject({
	method: v.optional(v.string(), 'POST'),
	headers: v.optional(texts, {}),
	query: v.optional(texts),
	json: v.optional(v.unknown()),
	form: v.optional(texts),
});

const exchange = v.strictObject({ request, response: v.strictObject(response) });

/** What a vendor's documents print: of a login, of refusals, of calls. */
export const proofSchema = v.strictObject({
	/** Values that have to be of some form. The others are texts full of quotes. */
	values: v.optional(v.record(v.string(), v.string()), {}),
	/** The requests of a login in their order, each with its response. */
	login: v.optional(v.union([exchange, v.array(exchange)])),
	/** Header and claims of the JWT that is signed. */
	jwt: v.optional(
		v.strictObject({
			header: v.record(v.string(), v.unknown()),
			claims: v.record(v.string(), v.unknown()),
		}),
	),
	gives: given,
	call,
	/** Other good responses to the last request of the login. */
	alsoGood: v.optional(
		v.array(v.strictObject({ response: v.strictObject(response), gives: given, call })),
		[],
	),
	/** Responses to the login. */
	refused: v.array(refusal),
	later: v.optional(v.array(refusal), []),
	/** Responses to calls. */
	expired: v.array(refusal),
	notExpired: v.optional(v.array(refusal), []),
});

export type Proof = v.InferOutput<typeof proofSchema>;
export type ProofRequest = v.InferOutput<typeof request>;
export type ProofCall = v.InferOutput<typeof call>;
export type Exchange = v.InferOutput<typeof exchange>;
export type ProofResponse = Pick<
	v.InferOutput<typeof refusal>,
	'status' | 'headers' | 'json' | 'text'
>;
