import { readConnection } from '../../kit/connectionFields';
import {
	allowedDomains,
	choice,
	optionalText,
	requiredAddress,
	requiredText,
	strayPart,
	typedText,
} from '../../kit/credentialFields';
import { InputError } from '../../kit/errors';
import { jsonObjectOrList, type Data } from './description/formFields';
import { descriptionOfCurl } from './description/fromCurl';
import { descriptionOfForm } from './description/fromForm';
import { parseDescription, readDescription } from './description/readDescription';
import type { AddressDescription, Description } from './description/schema';
import type { LoginCredentials } from './loginCredentials';
import { pemWithLines } from './pem';
import { SERVICES } from './services';
import { urlOf } from './tokenRequest';

/** The names of values that no message shows, whatever the description says. */
const ALWAYS_SECRET = ['password', 'signingKey', 'keyPassphrase'];

/** The form of a Token API credential, checked. @throws {InputError} that names the field */
export function readTokenApiCredentials(data: Data): LoginCredentials {
	const known = Object.keys(SERVICES);
	const service = choice(data, 'service', 'Service', ['custom', 'curl', 'description', ...known]);
	switch (service) {
		case 'custom':
			return readCustom(data);
		case 'curl':
			return readCurl(data);
		case 'description':
			return readOwn(data);
		default:
			return readDescribed(data, serviceDescription(service), requiredText);
	}
}

/** Those that were used once, checked. */
const checked = new Map<string, Description>();

function serviceDescription(service: string): Description {
	const description = checked.get(service) ?? readDescription(SERVICES[service]);
	checked.set(service, description);
	return description;
}

/** A description that the user has pasted, with the values by the names that it gives them. */
function readOwn(data: Data): LoginCredentials {
	const description = parseDescription(requiredText(data, 'description', 'Description'));
	// A description of somebody else reaches the values that are for it, and no other field.
	const given = Object.fromEntries(OWN_FIELDS.map((name) => [name, data[name]]));
	const values = { ...given, ...moreValues(data) };
	const own = readDescribed(data, description, requiredValue, values);
	const secretNames = Object.keys(description.values).filter((name) => name !== 'username');
	return { ...own, secretNames, labels: { ...own.labels, areCustom: true } };
}

/** A login that the user has pasted as a cURL command, which is as secret as what stands in it. */
function readCurl(data: Data): LoginCredentials {
	const { description, secrets } = descriptionOfCurl(data);
	const more = moreValues(data);
	const own = readDescribed(data, readDescription(description), requiredText);
	return {
		...own,
		values: { ...own.values, ...more },
		secretNames: ['password', ...Object.keys(more)],
		moreSecrets: secrets,
		labels: { values: ['secrets in the cURL Command'], address: 'cURL Command', areCustom: true },
	};
}

/** The values that have a field of their own for any service. */
const OWN_FIELDS = ['username', 'password', 'signingKey', 'keyPassphrase'];

/** @throws {InputError} that says where a value is filled in which the form has no field for */
function requiredValue(data: Data, name: string, label: string): string {
	if (OWN_FIELDS.includes(name) || optionalText(data, name) !== '') {
		return requiredText(data, name, label);
	}
	throw new InputError(`The credential has no ${label}`, {
		description: `Switch on "More Secrets", and give a value there the name ${name}.`,
	});
}

/**
 * @param required reads a value that may not be missing
 * @param typed where the values stand
 */
function readDescribed(
	data: Data,
	description: Description,
	required: (data: Data, name: string, label: string) => string,
	typed: Data = data,
): LoginCredentials {
	const { values: asked } = description;
	const values = Object.entries(asked).map(([name, { label, optional, default: preset = '' }]) => {
		const isNeeded = !optional && preset === '';
		const given = isNeeded ? required(typed, name, label) : optionalText(typed, name);
		return [name, given || preset || undefined];
	});
	return {
		...common(data, description),
		values: Object.fromEntries(values) as LoginCredentials['values'],
		secretNames: Object.entries(asked)
			.filter(([name, { secret }]) => secret || ALWAYS_SECRET.includes(name))
			.map(([name]) => name),
		labels: {
			values: Object.values(asked)
				.filter(({ optional }) => !optional)
				.map(({ label }) => label),
			address: description.loginAddress?.label ?? description.address.label ?? 'Base URL',
			areCustom: false,
		},
	};
}

function readCustom(data: Data): LoginCredentials {
	const description = readDescription(descriptionOfForm(data));
	const more = moreValues(data);
	const signing = description.jwt === undefined ? [] : ['signingKey', 'keyPassphrase'];
	return {
		...common(data, description),
		values: {
			username: optionalText(data, 'username'),
			password: secretText(data, 'password'),
			...Object.fromEntries(signing.map((name) => [name, optionalText(data, name)])),
			...more,
		},
		secretNames: [...ALWAYS_SECRET, ...Object.keys(more)].filter((name) => name !== 'username'),
		labels: { values: ['Username', 'Password'], address: 'Token URL', areCustom: true },
	};
}

/** A secret as it was typed where blanks at its ends belong to it: pasted ones mostly do not. */
const secretText = (data: Data, field: string) =>
	data.moreSecrets === true && data.keepBlanks === true
		? typedText(data, field)
		: optionalText(data, field);

/** The values that the user names himself. */
function moreValues(data: Data): Record<string, string> {
	if (data.moreSecrets !== true) return {};
	return Object.fromEntries(
		[1, 2, 3, 4]
			.map((number) => [
				optionalText(data, `value${number}Name`),
				secretText(data, `value${number}`),
			])
			.filter(([name]) => name !== ''),
	) as Record<string, string>;
}

function common(data: Data, description: Description) {
	const baseUrl = readAddress(data, 'baseUrl', description.address);
	const { loginAddress: ofLogin, login } = description;
	const loginAddress =
		ofLogin === undefined ? baseUrl : readAddress(data, 'loginAddress', ofLogin, 'Login Address');
	if (login !== undefined) assertAddress(login.url, loginAddress, 'Token URL of the credential');
	for (const name of ['before', 'after'] as const) {
		const step = description[name];
		if (step !== undefined) assertAddress(step.url, loginAddress, `URL of "${name}"`);
	}
	return {
		baseUrl,
		loginAddress,
		allowedDomains: allowedDomains(data),
		...readConnection(data),
		description,
		...readTestCall(data),
		...readCertificate(data),
	};
}

/** What proves who calls, in PEM. @throws {InputError} */
function readCertificate(data: Data): Pick<LoginCredentials, 'certificates'> {
	if (data.clientCertificate !== true) return {};
	const passphrase = optionalText(data, 'clientKeyPassphrase');
	return {
		certificates: {
			cert: pemWithLines(requiredText(data, 'clientCert', 'Certificate in PEM')),
			key: pemWithLines(requiredText(data, 'clientKey', 'Private Key')),
			...(passphrase !== '' && { passphrase }),
		},
	};
}

/** The call of a Test, as the form describes it. @throws {InputError} */
function readTestCall(data: Data): Pick<LoginCredentials, 'testCall'> {
	const url = optionalText(data, 'testPath');
	if (url === '') return {};
	const method = choice(data, 'testMethod', 'Test Method', ['GET', 'POST']);
	const body = method === 'POST' ? jsonObjectOrList(data, 'testBody', 'Test Body') : undefined;
	return {
		testCall: { method, url, json: body, query: {}, headers: {}, formEncodeBasic: false },
	};
}

function readAddress(
	data: Data,
	field: string,
	{ default: preset = '', example, without }: AddressDescription,
	label = 'Base URL',
): string {
	const typed = optionalText(data, field) || preset;
	const bare = typed.replace(/(?<!\/)\/+$/, '');
	const end = without.find((part) => bare.endsWith(part));
	const cut = end === undefined ? typed : bare.slice(0, -end.length);
	return requiredAddress(
		{ [field]: cut },
		field,
		label,
		example || preset || 'https://api.example.com',
	);
}

/** @throws {InputError} when a request of the login has no address, or one that a value could change */
function assertAddress(text: string, loginAddress: string, what: string): void {
	const url = urlOf(text, loginAddress);
	if (!URL.canParse(url)) {
		throw new InputError(`The ${what} is not a valid URL`, {
			description: 'Give an absolute URL, or a path below the Base URL such as /api/login.',
		});
	}
	if (/^https?:\/\/[^/?#]*\{\{/i.test(url)) {
		throw new InputError(`The ${what} has a template in its host`, {
			description:
				'Write the host out: templates are filled in after it, so that no value can lead the login elsewhere.',
		});
	}
	// No fault of the Token URL: its query, and names in braces, which are filled in later.
	const stray = strayPart(url.replace(/\{\{[^{}]*\}\}|\?/g, ''), new URL(url));
	if (stray === null) return;
	throw new InputError(`The ${what} must not hold ${stray}`, {
		description:
			'Use the fields Username and Password, and "Basic Auth" where the service wants it; write blanks in a query as %20.',
	});
}
