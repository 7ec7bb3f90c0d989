// What is in doubt and what settles it, as sentences. Addresses in them are masked where they are shown.
import type { Unusable } from '../github/identities.ts';
import { membersPermission } from '../github/teams.ts';
import { maskInvalid } from '../lib/email.ts';
import { oneLine } from '../lib/text.ts';
import type { InvalidLine } from './codeowners.ts';
import type { Doubt, NoAddress } from './doubt.ts';
import { ownerName } from './owner.ts';
import type { OwnersFile } from './union.ts';

/** The CODEOWNERS file of the own repository has no further name. */
export function fileName({ owner, repo, path, isOwn }: OwnersFile): string {
  return isOwn ? 'CODEOWNERS' : `${owner}/${repo}/${path}`;
}

export function pathText(file: OwnersFile): string {
  return file.isOwn ? file.path : fileName(file);
}

/** Foreign text as a sentence of its own. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? oneLine(text) : `${oneLine(text)}.`;
}

export function noAddressText(why: NoAddress): string {
  switch (why.code) {
    case 'not-listed':
      return 'Not in the people file.';
    case 'no-account':
      return 'Not the account of a person on GitHub.';
    case 'no-address':
      return 'None of the identity sources has an address.';
    case 'noreply':
      return 'A noreply address receives no mail.';
    case 'bot':
      return 'An app cannot be invited.';
    case 'team-hidden':
      return 'The members of the team could not be read.';
    case 'team-empty':
      return 'GitHub lists no members of the team.';
    case 'several-addresses':
      return `The sources give several addresses: ${foundText(why.found)}.`;
    case 'sources-disagree':
      return `The sources disagree: ${foundText(why.found)}.`;
    case 'other-account':
      return why.id === undefined
        ? `The people file pins the account ${why.pinnedId}, and GitHub has no person with this login.`
        : `The people file pins the account ${why.pinnedId}, but the login now belongs to the account ${why.id}.`;
    case 'source-unusable':
      return `${why.sources.map((source) => `\`${source}\``).join(' and ')} cannot be used and may give another address.`;
    case 'unknown-owner':
      return `GitHub does not accept this owner: ${sentence(why.suggestion ?? 'unknown owner')}`;
  }
}

function foundText(found: { source: string; emails: string[] }[]): string {
  return found.map(({ source, emails }) => `${source} has ${emails.join(' and ')}`).join(', ');
}

export function unusableText(source: string, why: Unusable): string {
  const reason =
    why.code === 'refused'
      ? `GitHub answered "${oneLine(why.message)}". It requires ${membersPermission}.`
      : `GitHub shows no SAML identity provider of the organization. Either the organization has no provider, or it is set up on the enterprise, or the token lacks ${membersPermission}.`;
  return `The identity source \`${source}\` cannot be used. ${reason}`;
}

export function invalidLineText(line: InvalidLine): string {
  switch (line.code) {
    case 'control-character':
      return 'The line has a control character.';
    case 'negation':
      return '`!` does not work in CODEOWNERS.';
    case 'escaped-hash':
      return '`\\#` does not work in CODEOWNERS.';
    case 'brackets':
      return '`[ ]` does not work in CODEOWNERS; escape brackets in a path with a backslash.';
    case 'hash-in-pattern':
      return 'The pattern contains `#`; the rest of the line may be a comment.';
    case 'not-an-owner':
      return `\`${maskInvalid(line.token)}\` is not an owner: write @user, @org/team or an e-mail address.`;
    case 'owner-in-pattern':
      return `\`${maskInvalid(line.token)}\` is part of the pattern, so it owns nothing: check the space before it.`;
    case 'github':
      return `GitHub reports: ${sentence([line.kind, line.suggestion].filter(Boolean).join('; '))}`;
  }
}

/** What is in doubt, as part of a list. */
export function doubtName(doubt: Doubt): string {
  switch (doubt.code) {
    case 'invalid-line':
      return `line ${doubt.line.line} of ${fileName(doubt.line.file)}`;
    case 'owner':
      return ownerName(doubt.owner);
    case 'team':
      return ownerName(doubt.team);
    case 'source':
      return `\`${doubt.source}\``;
    case 'nobody-named':
      return 'no names at all';
    case 'same-mailbox':
      return doubt.wanted;
    case 'unmatched':
      return `${ownerName(doubt.entry)} in \`${doubt.list}\``;
  }
}

/** What has to be done so that a doubt no longer withholds anything. */
export function releaseText(doubt: Doubt): string {
  const name = doubtName(doubt);
  switch (doubt.code) {
    case 'invalid-line':
      return `Correct ${name}: ${invalidLineText(doubt.line)}`;
    case 'owner':
      return ownerRelease(doubt, name);
    case 'team':
      return teamRelease(doubt.why, name);
    case 'source':
      return `Make ${name} usable, or remove it from \`identity_sources\`.`;
    case 'nobody-named':
      return 'Name at least one person in CODEOWNERS or in `include` of the people file.';
    case 'same-mailbox':
      return `${name} is wanted and looks like another spelling of ${doubt.email}: correct the address, or remove the member with \`remove-member\`.`;
    case 'unmatched':
      return `${name} matches nobody and may be misspelled: correct or remove it.`;
  }
}

function ownerRelease({ owner, why, isExcluded }: Extract<Doubt, { code: 'owner' }>, name: string): string {
  if (isExcluded)
    return `Add the address of ${name} to \`people\` in the people file, or remove ${name} from \`exclude\`.`;
  const fix = owner.kind === 'email' ? 'correct or remove the address' : `add ${name} to the people file, or remove it`;
  return `${name} (${noAddressText(why).replace(/\.$/, '')}): ${fix}.`;
}

function teamRelease(why: NoAddress, name: string): string {
  if (why.code === 'team-hidden')
    return `${name} could not be read: check its name, and that the token has ${membersPermission}.`;
  if (why.code === 'team-empty') return `${name} has no members on GitHub: remove it from the files if it is empty.`;
  return `${name} (${noAddressText(why).replace(/\.$/, '')}): correct or remove it.`;
}
