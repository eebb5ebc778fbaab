import type { IHttpRequestOptions } from 'n8n-workflow';

/** What a server is checked against, and what is shown to it. */
export type Certificates = IHttpRequestOptions['agentOptions'];

/** Certificates in the options of a request. n8n before 2.20 ignores them, and says nothing. */
export class OfferedCertificates {
	private areRead = false;

	constructor(private readonly certificates: Certificates) {}

	/** For the options, which must read this only when n8n does. */
	read(): Certificates {
		this.areRead = true;
		return this.certificates;
	}

	get areLeftOut(): boolean {
		return this.certificates !== undefined && !this.areRead;
	}
}
