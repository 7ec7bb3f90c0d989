/** Files in the emulated GitHub's repository, for people who try the action by hand. */
export const SAMPLE_FILES = {
  '.github/CODEOWNERS': '* @ada @octocat\n/migrations/ @acme/platform-db\n',
  '.github/neon-people.yml': `people:
  ada: { email: ada@example.com, role: admin }
  grace: { email: grace@example.com, role: admin }
  linus: linus@example.com
  octocat: octo@example.com
`,
};
