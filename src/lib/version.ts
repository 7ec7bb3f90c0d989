/** Identifies this action to both APIs. A test holds the version to that of package.json. */
export const userAgent = 'neon-org-action/0.1.0';
