import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import type { CallOptions } from '../../../providers';
import { credentialReader, type CredentialReader } from '../../shared/readCredentials';
import { readSwitch } from '../../shared/choices';

type Certificates = NonNullable<CallOptions['certificates']>;

/** Gives the certificates of n8n's own SSL credential, for the node's setting *SSL Certificates*. */
export function certificateReader(
	context: IExecuteFunctions,
): CredentialReader<Certificates | undefined> {
	const certificatesOf = credentialReader(context, 'httpSslAuth', toCertificates);
	return async (itemIndex) =>
		readSwitch(
			context.getNodeParameter('provideSslCertificates', itemIndex, false),
			'SSL Certificates',
			false,
		)
			? await certificatesOf(itemIndex)
			: undefined;
}

function toCertificates(data: ICredentialDataDecryptedObject): Certificates {
	const text = (name: string) => String(data[name] ?? '') || undefined;
	return {
		ca: withLineBreaks(text('ca')),
		cert: withLineBreaks(text('cert')),
		key: withLineBreaks(text('key')),
		passphrase: text('passphrase'),
	};
}

const PEM_BLOCK = /(-----BEGIN [^-]+-----)([^-]+)(-----END [^-]+-----)/g;

/** The credential's fields have one line, where a pasted PEM block loses its line breaks. */
function withLineBreaks(pem: string | undefined): string | undefined {
	if (pem === undefined || pem.includes('\n')) return pem;
	return pem.replace(PEM_BLOCK, (_, begin: string, content: string, end: string) => {
		const lines = content.replace(/\\n|\s/g, '').match(/.{1,64}/g) ?? [];
		return `${[begin, ...lines, end].join('\n')}\n`;
	});
}
