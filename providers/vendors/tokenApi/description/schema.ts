import * as v from 'valibot';

/** The only version of the format so far. */
export const FORMAT_VERSION = 1;

const text = v.pipe(v.string(), v.trim(), v.nonEmpty());
const scalar = v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String));

/** One thing, or a list of such things. */
const listOf = <S extends v.GenericSchema>(schema: S) =>
	v.pipe(
		v.unknown(),
		v.transform((value) => [value].flat()),
		v.array(schema),
	);

/** The names by which templates use values: `{{username}}`. */
const valueName = v.pipe(v.string(), v.regex(/^[A-Za-z]\w{0,39}$/));

/** Names, with a template or a list of templates for each. */
const pairs = v.record(v.string(), listOf(scalar));

/** Where a value stands in a response: one of these. */
const PLACE = {
	/** A path such as `data.items[0].token`. */
	json: v.optional(text),
	header: v.optional(text),
	cookie: v.optional(text),
	/** The name of an element. */
	xml: v.optional(text),
	/** The attribute of that element. */
	attribute: v.optional(text),
	/** A field of a form-encoded body. */
	form: v.optional(text),
	/** A claim of the token. */
	claim: v.optional(text),
	/** The whole body, also as a JSON string. */
	body: v.optional(v.literal(true)),
	/** The one value that looks like a token, or like its lifetime. */
	auto: v.optional(v.literal(true)),
};

const PLACE_KEYS = ['json', 'header', 'cookie', 'xml', 'form', 'claim', 'body', 'auto'] as const;

const isOnePlace = (place: Partial<Record<(typeof PLACE_KEYS)[number], unknown>>) =>
	PLACE_KEYS.filter((key) => place[key] !== undefined).length === 1;
const ONE_PLACE = `needs one of ${PLACE_KEYS.join(', ')}`;

const place = v.pipe(
	v.strictObject(PLACE),
	v.check((given) => isOnePlace(given), ONE_PLACE),
);

const extraValue = v.pipe(
	v.strictObject({
		...PLACE,
		/** Whether the login counts as one without it; what would send it is then left out. */
		optional: v.optional(v.boolean(), false),
	}),
	v.check((given) => isOnePlace(given), ONE_PLACE),
);

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const REQUEST = {
	method: v.optional(v.picklist(METHODS)),
	/** A path below the address, or an absolute URL; no template stands in its host. */
	url: text,
	query: v.optional(pairs, {}),
	headers: v.optional(pairs, {}),
	/** One body at most: JSON whose texts are templates, a form, or a text of `contentType`. */
	json: v.optional(v.unknown()),
	form: v.optional(pairs),
	text: v.optional(v.string()),
	contentType: v.optional(text),
	/** User name and password of Basic authentication, as `{{username}}:{{password}}`. */
	basic: v.optional(text),
	/** Whether both are form-encoded first, as RFC 6749 wants it. */
	formEncodeBasic: v.optional(v.boolean(), false),
};

const isOneBody = (given: { json?: unknown; form?: unknown; text?: unknown }) =>
	[given.json, given.form, given.text].filter((body) => body !== undefined).length < 2;
const ONE_BODY = 'has one body at most: json, form or text';

const request = v.pipe(
	v.strictObject(REQUEST),
	v.check((given) => isOneBody(given), ONE_BODY),
);

/** A request of a login, and what later ones take from its response. */
const step = v.pipe(
	v.strictObject({
		...REQUEST,
		/** Statuses under which its response is what was asked for; default: 2xx. */
		successStatuses: v.optional(listOf(v.number())),
		take: v.optional(v.record(valueName, extraValue), {}),
	}),
	v.check((given) => isOneBody(given), ONE_BODY),
);

/** Where a call carries a value: one of these, by its name there. */
const PLACEMENT_KEYS = ['header', 'query', 'cookie', 'json', 'form', 'path', 'basic'] as const;

const placement = v.pipe(
	v.strictObject({
		header: v.optional(text),
		query: v.optional(text),
		cookie: v.optional(text),
		/** The path of a field of the JSON body. */
		json: v.optional(text),
		/** A field of a form. */
		form: v.optional(text),
		/** What stands in double braces in the URL of the call. */
		path: v.optional(text),
		/** User name and password, as `{{token}}:x`; without `value`. */
		basic: v.optional(text),
		value: v.optional(text, '{{token}}'),
		/** Whether it is left out of GET, HEAD and OPTIONS. */
		writesOnly: v.optional(v.boolean(), false),
	}),
	v.check(
		(given) => PLACEMENT_KEYS.filter((key) => given[key] !== undefined).length === 1,
		`needs one of ${PLACEMENT_KEYS.join(', ')}`,
	),
);

const UNITS = ['s', 'ms', 'min', 'h', 'unixS', 'unixMs', 'date'] as const;

const lifetime = v.strictObject({
	...PLACE,
	unit: v.optional(v.picklist(UNITS), 's'),
	/** For a date that has no zone: an offset such as `+08:00`; default UTC. */
	zone: v.optional(v.pipe(v.string(), v.regex(/^([+-]\d\d:\d\d|Z)$/))),
	/** A fixed lifetime. */
	seconds: v.optional(v.pipe(v.number(), v.minValue(1))),
	untilRefused: v.optional(v.literal(true)),
	/** Whether each use starts the lifetime again. */
	idle: v.optional(v.boolean(), false),
});

/** What a response says: all that is given here is true of it. */
const condition = v.strictObject({
	...PLACE,
	status: v.optional(listOf(v.number())),
	/** The value there is one of these. Without this and the next three: there is a value. */
	is: v.optional(listOf(scalar)),
	isNot: v.optional(listOf(scalar)),
	contains: v.optional(text),
	missing: v.optional(v.literal(true)),
	/** It is a redirect to an address that holds this text. */
	redirect: v.optional(v.string()),
	/** What that means, as a sentence of the message. */
	says: v.optional(text),
});

const conditions = v.optional(listOf(condition), []);

export const ALGORITHMS = [
	'RS256',
	'RS384',
	'RS512',
	'PS256',
	'PS384',
	'PS512',
	'ES256',
	'ES384',
	'ES512',
	'EdDSA',
	'HS256',
	'HS384',
	'HS512',
] as const;

/** A JWT that is signed here. */
const jwt = v.strictObject({
	/** `login`: the login uses it as `{{jwt}}`. `token`: there is no login. */
	use: v.picklist(['login', 'token']),
	algorithm: v.picklist(ALGORITHMS),
	/** A private key in PEM, or the shared secret of the HS algorithms in `keyEncoding`. */
	key: v.optional(text, '{{signingKey}}'),
	keyEncoding: v.optional(v.picklist(['utf8', 'hex', 'base64']), 'utf8'),
	passphrase: v.optional(text),
	keyId: v.optional(text),
	/** Further fields of the header, beside `alg`, `typ` and `kid`. */
	header: v.optional(v.record(v.string(), v.unknown()), {}),
	claims: v.optional(v.record(v.string(), v.unknown()), {}),
	/** From `iat` to `exp`. */
	seconds: v.optional(v.pipe(v.number(), v.minValue(1)), 300),
	/** Seconds by which `iat` is set back, for clocks that are behind. */
	margin: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
});

/** An address that the user gives: that of the service, or of its login. */
const address = v.strictObject({
	/** Where it is the same for everybody. */
	default: v.optional(text),
	example: v.optional(text),
	label: v.optional(text),
	hint: v.optional(text),
	/** What users paste with it, and it must not end in. */
	without: v.optional(listOf(text), []),
});

/** A value that the user gives. */
const value = v.strictObject({
	label: text,
	zh: v.optional(text),
	example: v.optional(text),
	hint: v.optional(text),
	/** Where the user gets it. */
	where: v.optional(text),
	secret: v.optional(v.boolean(), false),
	optional: v.optional(v.boolean(), false),
	/** The default, where the user gives no value. */
	default: v.optional(text),
});

const limits = v.strictObject({
	/** Whether a login ends the session that the account has. */
	oneSession: v.optional(v.boolean(), false),
	/** Whether wrong logins lock the account, and for how long. */
	locks: v.optional(v.boolean()),
	lockSeconds: v.optional(v.pipe(v.number(), v.minValue(1))),
	requestsPerMinute: v.optional(v.pipe(v.number(), v.minValue(1))),
});

/** A login: what is sent, where things stand in the responses, and how calls carry them. */
export const descriptionSchema = v.pipe(
	v.strictObject({
		version: v.literal(FORMAT_VERSION),
		name: text,
		zh: v.optional(text),
		/** Other words by which it is found. */
		words: v.optional(listOf(text), []),
		group: v.optional(text),
		/** The pages of the vendor's documentation, and when they were read. */
		documentation: v.optional(
			listOf(v.strictObject({ url: text, read: v.pipe(v.string(), v.isoDate()) })),
			[],
		),
		/** What the user has to know, as sentences that the form shows. */
		notice: v.optional(text),
		address: v.optional(address, {}),
		/** Where the login is on another host than the calls. */
		loginAddress: v.optional(address),
		/** By the names of templates. */
		values: v.optional(v.record(valueName, value), {}),
		/** A request whose values the login needs, such as a nonce or a CSRF token. */
		before: v.optional(step),
		login: v.optional(step),
		/** A request with the token of the login as `{{token}}`: an exchange, or a second value. */
		after: v.optional(step),
		jwt: v.optional(jwt),
		/** The places where the token may stand, the first that has a value counts; default `token` in JSON. */
		token: v.optional(listOf(place)),
		/** Where `after` is an exchange: the places of the token in its response. */
		exchangedToken: v.optional(listOf(place)),
		/** What comes with the token, by the names of templates. */
		also: v.optional(v.record(valueName, extraValue), {}),
		/** Whether calls carry all cookies that the login set. */
		keepCookies: v.optional(v.boolean(), false),
		/** Default: `Authorization: Bearer {{token}}`. */
		send: v.optional(listOf(placement)),
		/** Default: the claim `exp` of a JWT, else until refused. */
		lifetime: v.optional(lifetime),
		/** When a login was refused although it looks like one. */
		refusedIf: conditions,
		/** When the service is busy: no refusal. */
		laterIf: conditions,
		/** When a call says that the token is no longer good; default: status 401. */
		expiredIf: v.optional(listOf(condition)),
		/** Words for the codes of refusals. */
		codes: v.optional(v.record(v.string(), text), {}),
		/** A call that only reads: whether a token is still good, and what Test calls unless `test` does. */
		check: v.optional(request),
		test: v.optional(request),
		/** What ends a session. */
		logout: v.optional(request),
		limits: v.optional(limits, {}),
		/** What the service answers, for the tests; of no use here. */
		proof: v.optional(v.unknown()),
	}),
	v.check(
		({ login, jwt: signed }) => login !== undefined || signed?.use === 'token',
		'needs a login, or a jwt whose use is "token"',
	),
);

/** A description as it is written. */
export type WrittenDescription = v.InferInput<typeof descriptionSchema>;
/** A description that was checked: defaults are filled in, and what may be a list is one. */
export type Description = v.InferOutput<typeof descriptionSchema>;
export type Place = v.InferOutput<typeof place>;
export type ExtraValue = v.InferOutput<typeof extraValue>;
export type LoginRequest = v.InferOutput<typeof request>;
export type Step = v.InferOutput<typeof step>;
export type Placement = v.InferOutput<typeof placement>;
export type Lifetime = v.InferOutput<typeof lifetime>;
export type Condition = v.InferOutput<typeof condition>;
export type JwtDescription = v.InferOutput<typeof jwt>;
export type ValueDescription = v.InferOutput<typeof value>;
export type AddressDescription = v.InferOutput<typeof address>;
