export const docsUrl = 'https://github.com/neon-org-action/neon-org-action/blob/main/docs';

/** Sections of the documentation that summaries link to. A test compares them with the headings. */
export const docsSections = {
  addresses: 'onboarding.md#where-addresses-come-from',
  drift: 'members.md#changes-made-in-neon',
  removals: 'members.md#withheld-removals',
  'keys-in-doubt': 'sweep.md#keys-in-doubt',
  leaver: 'offboarding.md#4-decide-about-their-keys',
} as const;

/** A link to the documentation. @param text trusted text */
export function docsLink(text: string, section: keyof typeof docsSections): string {
  return `[${text}](${docsUrl}/${docsSections[section]})`;
}
