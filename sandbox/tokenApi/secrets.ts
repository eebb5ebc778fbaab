/** Ends every password: whoever fills a template, a form, a query or JSON without care sends another one. */
export const NASTY = '"quoted"&a=b+c%25 $& {{username}} \\é';
