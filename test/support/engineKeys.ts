/** The public key of the engine that signed {@link SIGNED_TOKEN}. */
export const PUBLIC_KEY = [
	'-----BEGIN PUBLIC KEY-----',
	'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAm272j4IDogjUB3HzOB7N',
	'XWGL9+hKa5SAA2qzFBfcgye+w+Z1OZlZqoWqrc0HC7dJPAxEM533VzQzSMA42kEF',
	'OTlHeFAi/TLBqATj1an1BKKG9az2Wd8vjvhjoNI+6Ch4zzyqnAZHPgFfhR0bZu0n',
	'n7FKFCtrS1I9AKQjV7VIY5Xt1An6GgvmQOYvuuTO03OpBbvLYlIk97DOWWslkBya',
	'oyCs8XcFCo8VQt6V1iJ+Oe1pdD4BcSUjg66TkPl8PprDhRpR38n3k61JvCDNTPi1',
	'GLQ8RtJf0u7lNXQelF01cF9u/nY+Ob+xZ4CpaecQM57oxxy+aRoZAvl4/HbH4hTR',
	'rwIDAQAB',
	'-----END PUBLIC KEY-----',
].join('\n');

/** The same key in the older format. */
export const PKCS1_PUBLIC_KEY = [
	'-----BEGIN RSA PUBLIC KEY-----',
	'MIIBCgKCAQEAm272j4IDogjUB3HzOB7NXWGL9+hKa5SAA2qzFBfcgye+w+Z1OZlZ',
	'qoWqrc0HC7dJPAxEM533VzQzSMA42kEFOTlHeFAi/TLBqATj1an1BKKG9az2Wd8v',
	'jvhjoNI+6Ch4zzyqnAZHPgFfhR0bZu0nn7FKFCtrS1I9AKQjV7VIY5Xt1An6Ggvm',
	'QOYvuuTO03OpBbvLYlIk97DOWWslkByaoyCs8XcFCo8VQt6V1iJ+Oe1pdD4BcSUj',
	'g66TkPl8PprDhRpR38n3k61JvCDNTPi1GLQ8RtJf0u7lNXQelF01cF9u/nY+Ob+x',
	'Z4CpaecQM57oxxy+aRoZAvl4/HbH4hTRrwIDAQAB',
	'-----END RSA PUBLIC KEY-----',
].join('\n');

/** The public key of another engine. */
export const OTHER_PUBLIC_KEY = [
	'-----BEGIN PUBLIC KEY-----',
	'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqwqGkqrIyVflxe3Lnu4c',
	'P/WrrvcGXouFYGTLuVu2OQKfHFMCAwfsC7kJLAd5/bs9szzoa16khtqZAR/pnaUb',
	'2B8ZUXYr7iipZawcYVdgtDTH3ASu4b5Mz6JdinjZ3ESp9f0cMBdyfEHvuSYYup9b',
	'3DpAFW7+VZIW9nG0jTCaNpG1f3BpynLbzVC95VM+nsVLmmHGafHKVvt/fqYGPkPa',
	'86qdZo8e+so1krXsB0U3XT3lCUU0eVHGEZGMrQfNguaWHCgoYPOtWAEd3sdkYNgy',
	'U6urtaf1ibNcRNnDHteXHbXL4VwA19p2UBM1+YHWY/lLGeLerqvs16sngMfwYUhR',
	'WwIDAQAB',
	'-----END PUBLIC KEY-----',
].join('\n');

/** An RSA key of 1024 bits. */
export const SHORT_PUBLIC_KEY = [
	'-----BEGIN PUBLIC KEY-----',
	'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDNeQkf7wnsRYmPvpS1FX+tPlFA',
	'kK2UKts+jI2KtGBpyZEsViIYv9aEjdrZHN1/ws1dQi7XKSwC8TNLJ2a6y67/VBLn',
	'FLogm4Hj75iHUc+BULv7E6KLy0nGgVXRESnWlHfD5HbyeKGxEWjJruTEUWRoJMBE',
	'6Rnsg9YaYjRarqeerwIDAQAB',
	'-----END PUBLIC KEY-----',
].join('\n');

/** Not an RSA key. */
export const EC_PUBLIC_KEY = [
	'-----BEGIN PUBLIC KEY-----',
	'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEGXapJ/XgFZsyJotErEALdxAOBjEt',
	'ODqdt2jo6M2m4MwtNNseJoIHgUGVNjoe1p3C4NPVw9ilwIO3fl3w7XOP4A==',
	'-----END PUBLIC KEY-----',
].join('\n');

/** Made with node:crypto: RS512, with the claims of the vendor's sample. */
export const SIGNED_TOKEN =
	'eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCJ9.eyJhY2NvdW50Ijoicm9vdCIsImV4cCI6MTY1MDU5MTcwMSwicm9sZXMiOlsiYWRtaW4iXX0.B-IM8s3VtVJlWw6Vens6XnLi0TlNL5IfnSPO9bcMij74khwiD7G4ES1t7OAx_mKI_SjI7T2WefwnIIYzUSclzOQnjRqfbd0ZwImch20TSYXHOLaZi-gYQPkJaXyjIIcZrA8lCKURHbOYdv2WGv3Gd6g6wCuqZkIJu8kiShfgeEHMAl8Ocpkt7EmYlzpWDAZFgxV3bF-B0m_lRLcERg_xOfaX1BSdYQL_QqO-UdJhdcYyl_txneZwowSqlDZgs6OqwQ_FQGSLAH3yagfWU-KrOziP3Q830SZJ4bYIikPXMITXPNP24dDsxLYjGBT6RwXIO4taw30s7C27_B49BJRcwg';

/** The same claims and key, signed with RS256. */
export const RS256_TOKEN =
	'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhY2NvdW50Ijoicm9vdCIsImV4cCI6MTY1MDU5MTcwMSwicm9sZXMiOlsiYWRtaW4iXX0.T8weG1tsW8pB6w-cv5eXpydbid7iZcq2-4JgpBDLmDZNxjZlC3oJqQ2XWegMm0dQXai9exIYxW7s5pQ3GL4zMzjshy_rgOcWjdbwdubuhXLdGut1Mp9nlB3oZHMYNmC5zZ5S4Ne-0ppP9wKOggox-4qOpr0kPuXywJlTDp6rMmHIC2DqCNE0-7Z4uOCnC595-tROjmp5x7SMAD2pEA4teXIG4TXLadrK2ubFKmUHJrRW-rY3iYbWjdLLoHskU7MZos_XymTkG7_Rrf5PEHEB00WrFpxrBVp7AhS7vIZ6YJC4Fb3YGWKjOlM9Ka-p3idT1-8t5H8wToELoZWUt6icKw';

/** The token of the vendor's document, with its masked beginning filled in and its signature as printed. */
export const SAMPLE_TOKEN =
	'eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCJ9.eyJhY2NvdW50Ijoicm9vdCIsImV4cCI6MTY1MDU5MTcwMSwicm9sZXMiOlsiYWRtaW4iXX0.WKwNAjaYMMCSjNX0qCGCeyh13FJRzLousxoXlThdkMwkH-pXEmG51_SguH0LlHOZoIc8gNJq';
