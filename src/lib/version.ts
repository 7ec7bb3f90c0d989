/** What both APIs are told of who asks; the version is that of package.json, and a test holds it. */
export const userAgent = 'neon-org-action/0.1.0';
