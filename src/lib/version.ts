/** Identifies this action to both APIs. A test compares the version with package.json. */
export const userAgent = 'neon-org-action/0.1.0';
