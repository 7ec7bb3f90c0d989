/** Identifies this action to the APIs that it calls. A test compares the version with package.json. */
export const userAgent = 'neon-org-action/0.1.0';
