export const id = 517;
export const ids = [517];
export const modules = {

/***/ 7307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nq: () => (/* binding */ cannotSee),
/* harmony export */   c4: () => (/* binding */ isNotFound),
/* harmony export */   y_: () => (/* binding */ GitHubError)
/* harmony export */ });
/** A request to GitHub that failed. Its message says what was asked, what came back and what to do. */
class GitHubError extends Error {
    name = 'GitHubError';
    facts;
    constructor(facts, cause) {
        super(describe(facts), { cause });
        this.facts = facts;
    }
}
function describe({ method, route, status, reason, requestId, hint }) {
    const answer = [status, reason].filter((part) => part !== undefined).join(' ');
    const id = requestId ? ` (request id ${requestId})` : '';
    const line = `${method} ${route} of GitHub ${status === undefined ? 'got no answer' : 'was refused'}: ${answer}${id}.`;
    return hint ? `${line}\n${hint}` : line;
}
/** Whether GitHub said that there is no such thing, or that the token may not know of it: it does not tell which. */
function isNotFound(error) {
    return error instanceof GitHubError && error.facts.status === 404 && !error.facts.maybeDone;
}
/** Whether the token may not see it, or it does not exist; a rate limit is neither. */
function cannotSee(error) {
    if (!(error instanceof GitHubError))
        return false;
    if (error.facts.maybeDone)
        return false;
    return error.facts.status === 404 || (error.facts.status === 403 && !/rate limit|abuse/i.test(error.facts.reason));
}


/***/ }),

/***/ 4517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  syncPeople: () => (/* binding */ syncPeople)
});

// EXTERNAL MODULE: ./build/parallel.js
var parallel = __webpack_require__(8325);
// EXTERNAL MODULE: ./build/github/errors.js
var errors = __webpack_require__(7307);
;// CONCATENATED MODULE: ./build/github/teams.js


/** What listing teams and identities takes, in GitHub's words. The default token of a job has no such permission. */
const membersPermission = 'the organization permission Members: read (a GitHub App or a fine-grained token; the default GITHUB_TOKEN cannot have it)';
/** GitHub asks for few requests at once. */
const atOnce = 4;
/**
 * Reads the members of teams, those of child teams included (REST documentation, "List team members"), every page.
 * @param teams as `org/slug`
 * @returns by team; undefined: there is no such team, or the token may not see it
 * @throws GitHubError
 */
async function readTeams(github, teams) {
    const read = new Map();
    await (0,parallel/* inParallel */.H)(teams, atOnce, async (team) => void read.set(team, await readTeam(github, team)));
    return read;
}
async function readTeam(github, team) {
    const [org = '', team_slug = ''] = team.split('/');
    try {
        const members = await github.paginate(github.rest.teams.listMembersInOrg, {
            org,
            team_slug,
            per_page: 100,
            request: { needs: membersPermission },
        });
        if (!members.every(({ login, id }) => typeof login === 'string' && Number.isSafeInteger(id)))
            throw new Error(`GitHub did not answer with the members of the team ${team}.`);
        return members.map(({ login, id, type }) => ({ login: login.toLowerCase(), id, isBot: type === 'Bot' }));
    }
    catch (error) {
        if ((0,errors/* cannotSee */.Nq)(error))
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/github/identities.js

/** GitHub pages by 100; 100 accounts in a query are far below its limit of 500,000 nodes. */
const batchSize = 100;
/**
 * Asks for accounts by login: one request for each 100, whatever the sources.
 * @param logins in lower case, of letters, digits, hyphens and underscores
 * @throws GitHubError, and Error for whatever else the answer lacks
 */
async function findAccounts(github, organization, logins, sources) {
    const accounts = { found: new Map(), unusable: new Map() };
    for (let start = 0; start < logins.length; start += batchSize) {
        const batch = logins.slice(start, start + batchSize);
        for (;;) {
            const usable = sources.filter((source) => !accounts.unusable.has(source));
            const answer = await ask(github, organization, batch, usable);
            // A source that is refused takes the whole account out of the answer: the others are asked again without it.
            const refused = noteRefusals(answer, accounts.unusable);
            if (refused)
                continue;
            readBatch(batch, answer, usable, accounts);
            break;
        }
    }
    return accounts;
}
async function ask(github, organization, logins, sources) {
    const variables = Object.fromEntries(logins.map((login, i) => [`l${i}`, login]));
    try {
        const options = { ...variables, organization, request: { needs: membersPermission } };
        const data = (await github.graphql(queryFor(logins.length, sources), options));
        if (typeof data !== 'object')
            throw new Error("GitHub's GraphQL did not answer with data.");
        return { data, errors: [] };
    }
    catch (error) {
        const { name, data, errors } = error;
        // GitHub answers what it can, beside the errors for the rest.
        if (name === 'GraphqlResponseError' && data && errors)
            return { data, errors };
        throw error;
    }
}
function queryFor(count, sources) {
    const each = (line) => Array.from({ length: count }, (_, i) => line(i)).join('\n');
    const profile = sources.includes('profile') ? ' email' : '';
    const verified = sources.includes('verified-domain') ? ' organizationVerifiedDomainEmails(login: $organization)' : '';
    const saml = sources.includes('saml')
        ? `organization(login: $organization) { samlIdentityProvider { ${each((i) => `i${i}: externalIdentities(first: 1, login: $l${i}) { nodes { user { login } samlIdentity { nameId emails { value } } } }`)} } }`
        : '';
    const used = verified || saml ? ', $organization: String!' : '';
    return `query(${Array.from({ length: count }, (_, i) => `$l${i}: String!`).join(', ')}${used}) {
${each((i) => `u${i}: user(login: $l${i}) { databaseId${profile}${verified} }`)}
${saml}
}`;
}
/**
 * Sorts the errors of an answer.
 * @returns whether a source was refused that the batch must be asked again without
 * @throws Error for an error that is no refusal and no missing account
 */
function noteRefusals({ errors }, unusable) {
    let refused = false;
    for (const { type, path = [], message } of errors) {
        const source = sourceAt(path);
        const isMissing = type === 'NOT_FOUND' && path.length === 1 && /^u\d+$/.test(String(path[0]));
        if (isMissing)
            continue;
        if (source === undefined || !isRefusal(type))
            throw new Error(`GitHub's GraphQL answered ${type ?? 'an error'}: ${message}`);
        refused ||= !unusable.has(source);
        unusable.set(source, `${message.replace(/\.$/, '')}; it needs ${membersPermission}`);
    }
    return refused;
}
function sourceAt(path) {
    if (path[0] === 'organization')
        return 'saml';
    return path.includes('organizationVerifiedDomainEmails') ? 'verified-domain' : undefined;
}
function isRefusal(type) {
    return type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES' || type === 'NOT_FOUND';
}
function readBatch(batch, { data }, sources, accounts) {
    const provider = data['organization']
        ?.samlIdentityProvider;
    if (sources.includes('saml') && !provider) {
        const why = 'the organization shows no SAML identity provider';
        accounts.unusable.set('saml', `${why}: it has none, or has it on the enterprise, or the token lacks ${membersPermission}`);
    }
    for (const [i, login] of batch.entries()) {
        const user = data[`u${i}`];
        if (user === undefined)
            throw new Error(`GitHub's GraphQL did not answer for the account ${login}.`);
        if (user === null)
            continue;
        if (!Number.isSafeInteger(user.databaseId))
            throw new Error(`GitHub did not tell the number of the account ${login}.`);
        accounts.found.set(login, { id: user.databaseId, addresses: addressesOf(login, user, provider?.[`i${i}`]) });
    }
}
function addressesOf(login, user, identities) {
    // Only an identity that says itself whose it is counts.
    const own = identities?.nodes?.find((identity) => identity?.user?.login.toLowerCase() === login);
    const { nameId, emails } = own?.samlIdentity ?? {};
    const saml = emails?.length ? emails.map(({ value }) => value) : nameId ? [nameId] : [];
    const verified = user.organizationVerifiedDomainEmails ?? [];
    const addresses = {};
    if (saml.length > 0)
        addresses.saml = saml;
    if (verified.length > 0)
        addresses['verified-domain'] = verified;
    if (user.email)
        addresses.profile = [user.email];
    return addresses;
}

// EXTERNAL MODULE: ./build/neon/endpoints.js
var endpoints = __webpack_require__(183);
// EXTERNAL MODULE: ./build/email.js
var build_email = __webpack_require__(6084);
// EXTERNAL MODULE: ./build/owner.js
var build_owner = __webpack_require__(9635);
// EXTERNAL MODULE: ./build/text.js
var build_text = __webpack_require__(977);
;// CONCATENATED MODULE: ./build/people/exclusion.js

function exclusionsOf(owners) {
    const names = (kind) => new Set([...owners].filter((owner) => owner.kind === kind).map((owner) => (0,build_owner/* ownerName */.Hc)(owner).replace(/^@/, '')));
    return { logins: names('user'), teams: names('team'), emails: names('email') };
}

;// CONCATENATED MODULE: ./build/people/identities.js





const identitySources = (/* unused pure expression or super */ null && (['people-file', 'saml', 'verified-domain', 'profile']));
/** The teams whose members must be known, as `org/slug`. */
function teamsToRead({ owners, exclude }) {
    const teams = [...owners, ...exclude].filter(({ kind }) => kind === 'team');
    return new Set(teams.map((team) => (0,build_owner/* ownerName */.Hc)(team).slice(1)));
}
/** Everybody by login; who is excluded, by name or by a team, is not among the wanted ones. */
function peopleOf(named, teams) {
    const exclusions = exclusionsOf(named.exclude);
    const people = { wanted: new Map(), excluded: new Map() };
    for (const login of exclusions.logins)
        add(people.excluded, { login });
    for (const team of exclusions.teams)
        for (const member of teams.get(team) ?? [])
            add(people.excluded, member);
    for (const owner of named.owners) {
        if (owner.kind === 'user')
            addUnlessExcluded(people, { login: owner.login });
        if (owner.kind === 'team')
            addTeam((0,build_owner/* ownerName */.Hc)(owner).slice(1), exclusions, named, teams, people);
    }
    return people;
}
function addTeam(team, exclusions, { people: file }, teams, people) {
    if (exclusions.teams.has(team))
        return;
    const role = file.teams.get(team);
    for (const member of teams.get(team) ?? [])
        addUnlessExcluded(people, member, role);
}
function addUnlessExcluded(people, one, role) {
    if (!people.excluded.has(one.login))
        add(people.wanted, one, role);
}
function add(people, { login, id, isBot }, role) {
    const known = people.get(login) ?? { login, isBot: login.endsWith('[bot]'), teamRoles: [] };
    if (id !== undefined)
        known.id = id;
    if (isBot)
        known.isBot = true;
    if (role !== undefined)
        known.teamRoles.push(role);
    people.set(login, known);
}
/**
 * The logins that GitHub must be asked about: those for whom the people file does not settle it.
 * @param withExcluded whether the addresses of excluded people matter: they do where members may be removed
 */
function loginsToAsk(named, teams, withExcluded) {
    const { wanted, excluded } = peopleOf(named, teams);
    const all = [...wanted.values(), ...(withExcluded ? excluded.values() : [])];
    return all
        .filter((person) => !person.isBot && mustAsk(person, named))
        .map(({ login }) => login)
        .sort();
}
function mustAsk({ login, id }, { people: file, sources }) {
    const listed = file.people.get(login);
    const pinned = listed ? listed.githubId !== undefined : [...file.people.values()].some(({ githubId }) => githubId);
    if (pinned && id === undefined)
        return true;
    return !(listed && sources.includes('people-file')) && addressSources(sources).length > 0;
}
function addressSources(sources) {
    return sources.filter((source) => source !== 'people-file');
}
/**
 * Finds the address of each owner. The people file settles it; other sources must agree. A login whose number is not
 * the one that the people file pins is somebody else by now. Noreply addresses never count.
 */
function resolveIdentities(named, teams, accounts, allowedDomains) {
    const { wanted, excluded } = peopleOf(named, teams);
    const exclusions = exclusionsOf(named.exclude);
    const result = {
        desired: [],
        unresolved: [],
        excluded: new Set(exclusions.emails),
        excludedUnknown: [...exclusions.teams].filter((team) => teams.get(team) === undefined).map((team) => `@${team}`),
        notices: [...accounts.unusable].map(([source, why]) => `The identity source \`${source}\` cannot be used: ${why}.`),
    };
    const { people, sources } = named;
    const byId = new Map([...people.people.values()].map((person) => [person.githubId, person]));
    const find = (person) => findPerson(person, { people, byId, accounts: accounts.found, sources, allowedDomains });
    for (const person of excluded.values()) {
        const found = find(person);
        if ('email' in found)
            result.excluded.add(found.email);
        else if (!person.isBot)
            result.excludedUnknown.push(`@${person.login}`);
    }
    for (const person of wanted.values())
        resolvePerson(person, find(person), result);
    for (const owner of named.owners) {
        if (owner.kind === 'email')
            resolveAddress(owner.email, named.people, result);
        if (owner.kind === 'team')
            resolveTeam((0,build_owner/* ownerName */.Hc)(owner), teams, exclusions, result);
    }
    const hidden = result.unresolved.filter(({ name }) => name.includes('/')).length;
    if (hidden > 0)
        result.notices.push(`The members of ${(0,build_text/* count */.U9)(hidden, 'team')} cannot be seen: that needs ${membersPermission}.`);
    result.unresolved.sort((a, b) => (a.name < b.name ? -1 : 1));
    return result;
}
function resolvePerson({ login, isBot, teamRoles }, found, result) {
    const name = `@${login}`;
    if ('email' in found)
        result.desired.push({ ...found, name, teamRoles });
    else if (isBot)
        result.unresolved.push({ name, why: 'is an app: nobody to invite', isBot });
    else {
        const line = found.id === undefined ? `${login}: …` : `${login}: { email: …, github_id: ${found.id} }`;
        result.unresolved.push({ name, why: found.why, isBot, line });
    }
}
function resolveAddress(email, { people }, result) {
    if ((0,build_email/* isNoreply */.i$)(email)) {
        result.unresolved.push({ name: email, why: 'is a noreply address: it leads to nobody', isBot: false });
        return;
    }
    const role = [...people.values()].find((person) => person.email === email)?.role;
    result.desired.push({ email, name: email, ...(role ? { role } : {}) });
}
function resolveTeam(name, teams, exclusions, result) {
    const team = name.slice(1);
    if (exclusions.teams.has(team) || teams.get(team) !== undefined)
        return;
    result.unresolved.push({ name, why: 'its members cannot be seen', isBot: false });
}
function findPerson({ login, id: teamId }, book) {
    const account = book.accounts.get(login);
    const id = teamId ?? account?.id;
    const named = book.people.people.get(login);
    if (named?.githubId !== undefined && named.githubId !== id)
        return { why: whyAnother(named.githubId, id) };
    // By its number: the same account under a new login.
    const { email, role } = named ?? book.byId.get(id ?? Number.NaN) ?? {};
    const isSettled = email !== undefined && book.sources.includes('people-file');
    const found = isSettled ? { email } : addressOf(account, book);
    if ('why' in found)
        return id === undefined ? found : { ...found, id };
    return role === undefined ? found : { ...found, role };
}
function whyAnother(pinned, id) {
    const now = id === undefined ? 'is no account of a person any more' : `is the account ${id} by now`;
    return `${now}, and the people file pins ${pinned}`;
}
function addressOf(account, { sources, allowedDomains }) {
    return account ? agreedAddress(account, sources, allowedDomains) : { why: whyNoAccount(sources) };
}
function whyNoAccount(sources) {
    return addressSources(sources).length === 0 ? 'is not in the people file' : 'is no account of a person on GitHub';
}
/** What all sources that name an address have in common, if that is one address. */
function agreedAddress({ addresses }, sources, allowedDomains) {
    const inDomains = (email) => allowedDomains.includes((0,build_email/* domainOf */.Ow)(email));
    const named = addressSources(sources).flatMap((source) => {
        const emails = usable(addresses[source] ?? []).filter((email) => source !== 'profile' || inDomains(email));
        return emails.length > 0 ? [{ source, emails }] : [];
    });
    const [first, ...others] = named;
    if (!first)
        return { why: `has no address in ${sources.join(', ')}` };
    const common = others.reduce((left, { emails }) => left.filter((email) => emails.includes(email)), first.emails);
    const inside = common.length > 1 ? common.filter(inDomains) : common;
    const [email] = inside;
    if (email !== undefined && inside.length === 1)
        return { email };
    const said = named.map(({ source, emails }) => `${source} says ${emails.join(' and ')}`).join(', ');
    return { why: common.length === 0 ? `the sources disagree: ${said}` : `has several addresses: ${said}` };
}
function usable(addresses) {
    const emails = addresses.flatMap((address) => (0,build_email/* parseEmail */.wj)(address) ?? []).filter((email) => !(0,build_email/* isNoreply */.i$)(email));
    return [...new Set(emails)].sort();
}

// EXTERNAL MODULE: ./build/people/plan.js
var people_plan = __webpack_require__(5315);
// EXTERNAL MODULE: ./build/operations/people.js + 1 modules
var people = __webpack_require__(1838);
// EXTERNAL MODULE: ./build/operations/people-report.js
var people_report = __webpack_require__(1183);
;// CONCATENATED MODULE: ./build/github/files.js

const needsContents = { needs: 'Contents: read of the repository' };
/** The default branch as GitHub has it now. @throws GitHubError */
async function defaultBranch(github, at) {
    const { data } = await github.request('GET /repos/{owner}/{repo}', { ...at, request: needsContents });
    const branch = data.default_branch;
    if (typeof branch !== 'string' || branch === '')
        throw new Error('GitHub did not tell the default branch.');
    return { ...(await commit(github, at, `heads/${branch}`)), branch };
}
/** @param ref a commit, or `heads/<branch>`. @throws GitHubError, also when there is none */
async function commit(github, at, ref) {
    const { data } = await github.request('GET /repos/{owner}/{repo}/commits/{ref}', {
        ...at,
        ref,
        mediaType: { format: 'sha' },
        request: needsContents,
    });
    const sha = String(data);
    if (!/^[0-9a-f]{40,64}$/.test(sha))
        throw new Error(`GitHub did not tell which commit ${ref} is.`);
    return { ...at, sha };
}
/**
 * Reads a file of up to 100 MB.
 * @returns undefined when there is none at this commit
 * @throws GitHubError
 */
async function readFile(github, { owner, repo, sha }, path) {
    let data;
    let type;
    try {
        const response = await github.request('GET /repos/{owner}/{repo}/contents/{path}', {
            owner,
            repo,
            path,
            ref: sha,
            mediaType: { format: 'raw' },
            request: needsContents,
        });
        data = response.data;
        type = response.headers['content-type'];
    }
    catch (error) {
        if ((0,errors/* isNotFound */.c4)(error))
            return undefined;
        throw error;
    }
    if (data instanceof ArrayBuffer)
        return new TextDecoder().decode(data);
    // JSON is the list of a folder, or an answer to something else, even where it cannot be read as JSON.
    if (typeof data === 'string' && !/^application\/json\b/.test(type ?? ''))
        return data;
    throw new Error(`GitHub did not answer with the text of ${path}: it may be a folder.`);
}
/** @throws GitHubError, also when there is no CODEOWNERS file */
async function codeownersErrors(github, { owner, repo, sha }) {
    const { data } = await github.request('GET /repos/{owner}/{repo}/codeowners/errors', {
        owner,
        repo,
        ref: sha,
        request: needsContents,
    });
    if (!Array.isArray(data?.errors))
        throw new Error('GitHub did not tell the errors of CODEOWNERS.');
    return data.errors.map(({ line, column, kind, path, source }) => ({
        line,
        column,
        kind,
        path,
        source: source ?? null,
    }));
}

;// CONCATENATED MODULE: ./build/people/codeowners.js

/**
 * Reads a CODEOWNERS file by GitHub's rules (documentation, "About code owners"). Every owner in a valid line counts,
 * also one that a later line overrules. A line with one thing that GitHub does not take contributes nothing: what is
 * not understood must not invite anybody. Time and memory are linear in the size.
 */
function parseCodeowners(text) {
    const owners = new Map();
    const problems = [];
    let line = 0;
    for (let start = text.startsWith('\ufeff') ? 1 : 0; start <= text.length;) {
        const newline = text.indexOf('\n', start);
        const end = newline < 0 ? text.length : newline;
        line += 1;
        const rule = parseRule(text.slice(start, end).replace(/\r$/, ''));
        if (typeof rule === 'string')
            problems.push({ line, message: rule });
        else
            for (const owner of rule.owners)
                list(owners, owner, line);
        start = end + 1;
    }
    return { owners: [...owners.values()], problems };
}
function list(owners, owner, line) {
    const name = (0,build_owner/* ownerName */.Hc)(owner);
    const known = owners.get(name);
    if (!known)
        owners.set(name, { ...owner, lines: [line] });
    else if (known.lines.at(-1) !== line)
        known.lines.push(line);
}
/** @returns the rule of one line, or what is wrong with it */
function parseRule(line) {
    const text = line.replace(/^[ \t]+/, '');
    if (text === '' || text.startsWith('#'))
        return { pattern: '', owners: [] };
    // A control character is white space to some readers: what stands after it may be a comment.
    if (/[^\P{Cc}\t]/u.test(text))
        return 'a control character';
    const pattern = patternOf(text);
    const owners = wrongPattern(pattern) ?? readOwners(text.slice(pattern.length));
    return typeof owners === 'string' ? owners : { pattern, owners };
}
/** Up to the first space that has no backslash before it. */
function patternOf(text) {
    return /^(?:\\.|[^\\ \t])*\\?/su.exec(text)?.[0] ?? '';
}
function wrongPattern(pattern) {
    if (pattern.startsWith('!'))
        return '`!` does not work in CODEOWNERS';
    if (pattern.startsWith('\\#'))
        return '`\\#` does not work in CODEOWNERS';
    if (/[[\]]/.test(pattern))
        return '`[ ]` does not work in CODEOWNERS, neither as a range nor as a section';
    if (pattern.includes('#'))
        return 'a `#` inside a pattern: the rest of the line may be a comment';
    return undefined;
}
function readOwners(text) {
    const owners = [];
    for (const [token] of text.matchAll(/[^ \t]+/g)) {
        if (token.startsWith('#'))
            break;
        const owner = (0,build_owner/* parseOwner */.pZ)(token);
        if (!owner)
            return `\`${shortened(token)}\` is not an owner: @user, @org/team or an e-mail address`;
        owners.push(owner);
    }
    return owners;
}
function shortened(token) {
    return token.length > 80 ? `${token.slice(0, 80)}…` : token;
}
/**
 * Takes out what GitHub itself does not accept. An owner that it calls unknown is out in every line: it may be a
 * stranger's name, mistyped. Any other error takes the whole line out.
 */
function crossCheck({ owners, problems }, errors) {
    const unknown = new Set();
    const invalidLines = new Set();
    const told = errors.map((error) => {
        const owner = error.kind === 'Unknown owner' ? ownerAt(error) : undefined;
        if (owner)
            unknown.add((0,build_owner/* ownerName */.Hc)(owner));
        else
            invalidLines.add(error.line);
        const who = owner ? ` \`${(0,build_owner/* ownerName */.Hc)(owner)}\`` : '';
        return { line: error.line, message: `GitHub calls it: ${error.kind}${who}` };
    });
    const left = owners
        .filter((owner) => !unknown.has((0,build_owner/* ownerName */.Hc)(owner)))
        .map((owner) => ({ ...owner, lines: owner.lines.filter((line) => !invalidLines.has(line)) }))
        .filter(({ lines }) => lines.length > 0);
    return { owners: left, problems: merged(problems, told) };
}
function ownerAt({ source, column }) {
    const token = /^[^ \t\r\n]+/.exec((source ?? '').slice(column - 1))?.[0];
    return token === undefined ? undefined : (0,build_owner/* parseOwner */.pZ)(token);
}
/** One line often has the same fault in our words and in GitHub's: ours say more. */
function merged(ours, theirs) {
    const known = new Set(ours.map(({ line }) => line));
    return [...ours, ...theirs.filter(({ line }) => !known.has(line))].sort((a, b) => a.line - b.line);
}

;// CONCATENATED MODULE: ./build/people/ownership.js

/**
 * Whether somebody has to be asked before a file changes: the last rule that matches it has owners (GitHub
 * documentation, "About code owners"). A pattern with more stars than people write matches nothing here.
 * @param path from the root of the repository, without a leading slash
 */
function isOwned(codeowners, path) {
    for (const line of codeowners
        .replace(/^\ufeff/, '')
        .split('\n')
        .reverse()) {
        const rule = parseRule(line.replace(/\r$/, ''));
        if (typeof rule === 'object' && rule.pattern !== '' && matches(rule.pattern, path))
            return rule.owners.length > 0;
    }
    return false;
}
/** More would let a pattern take a long time. */
const mostStars = 5;
function matches(pattern, path) {
    const stars = pattern.match(/\*+/g)?.length ?? 0;
    return stars <= mostStars && toRegExp(pattern).test(path);
}
/** Gitignore's patterns, but that `dir/*` reaches no deeper. */
function toRegExp(pattern) {
    const isAnchored = pattern.slice(0, -1).includes('/');
    const body = pattern.replace(/^\//, '').replace(/\/$/, '');
    const ending = pattern.endsWith('/') ? '/.*' : /\/\*$/.test(pattern) ? '' : '(?:/.*)?';
    return new RegExp(`${isAnchored ? '^' : '(?:^|/)'}${body.replace(/\\.|\*\*\/|\*\*|\*|\?|[^\\*?]+|\\/gs, piece)}${ending}$`, 's');
}
const wildcards = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
function piece(text) {
    return wildcards[text] ?? RegExp.escape(text.startsWith('\\') ? text.slice(1) : text);
}

// EXTERNAL MODULE: ./build/people/roles.js
var roles = __webpack_require__(4243);
;// CONCATENATED MODULE: ./build/people/people-file.js



const noPeopleFile = { people: new Map(), teams: new Map(), exclude: [] };
/** All that is wrong with a people file, told at once. */
class PeopleFileError extends Error {
    name = 'PeopleFileError';
}
/** A thousand people are about 50 kB. */
const maxLength = 1024 * 1024;
/**
 * Reads a people file (YAML 1.2, every scalar as the text it is). It is strict: what is not understood is an error,
 * because a line that were left out would invite or remove the wrong person.
 * @param file its path, for the errors
 * @throws PeopleFileError with every error, as `file:line: …`
 */
async function parsePeopleFile(text, file) {
    const tell = (line, message) => `${file}:${line}: ${message}`;
    if (text.length > maxLength)
        throw new PeopleFileError(tell(1, 'is larger than 1 MB.'));
    const problems = new Map();
    const reader = new Reader(await readYaml(text), (line, message) => {
        problems.set(line, (problems.get(line) ?? new Set()).add(message));
    });
    const read = reader.readFile();
    if (problems.size === 0)
        return read;
    const lines = [...problems].sort(([a], [b]) => a - b);
    throw new PeopleFileError(lines.flatMap(([line, all]) => [...all].map((message) => tell(line, message))).join('\n'));
}
async function readYaml(text) {
    const { parseDocument, LineCounter, isMap, isSeq, isScalar } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    const lines = new LineCounter();
    const kinds = { isMap, isSeq, isScalar };
    // `failsafe`: null, true and 0x1f are logins like any other. Duplicates are found here, without letter case.
    const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, lineCounter: lines });
    const errors = [...document.errors, ...document.warnings].map(({ pos: [at], message }) => ({
        line: lines.linePos(at).line || 1,
        // The rest of the message shows the lines around, which may hold addresses.
        message: message.replace(/(?: at line \d+, column \d+:?)?(?:\n.*)?$/s, ''),
    }));
    return { contents: document.contents, lines, errors, ...kinds };
}
/** Walks the document and tells what is wrong with it. */
class Reader {
    yaml;
    tell;
    constructor(yaml, tell) {
        this.yaml = yaml;
        this.tell = tell;
        for (const { line, message } of yaml.errors)
            tell(line, message);
    }
    readFile() {
        const people = new Map();
        const teams = new Map();
        const exclude = [];
        if (this.yaml.contents === null)
            return { people, teams, exclude };
        const sections = {
            people: (node) => this.readPeople(node, people),
            teams: (node) => this.readTeams(node, teams),
            exclude: (node) => exclude.push(...this.readExclude(node)),
        };
        this.readKeys(this.yaml.contents, 'the file', sections);
        return { people, teams, exclude };
    }
    readPeople(node, people) {
        const owners = new Map();
        for (const [key, value] of this.entries(node, '`people`') ?? []) {
            const name = this.parsed(key, parseUser, 'is not a GitHub login');
            const person = this.readPerson(value ?? key);
            if (!name || !person)
                continue;
            this.checkAlone(key, name.login, person.email, owners);
            if (person.githubId !== undefined)
                this.checkAlone(key, name.login, person.githubId, owners);
            people.set(name.login, person);
        }
    }
    /** An address or an account has one login. */
    checkAlone(key, login, mark, owners) {
        const other = owners.get(mark);
        const what = typeof mark === 'string' ? 'address' : '`github_id`';
        if (other !== undefined)
            this.at(key, `\`${login}\` has the ${what} of \`${other}\``);
        owners.set(mark, login);
    }
    /** `octo@example.com` or `{ email, role, github_id }`. */
    readPerson(node) {
        if (!this.yaml.isMap(node)) {
            const email = this.email(node);
            return email === undefined ? undefined : { email };
        }
        const person = {};
        const seen = this.readKeys(node, 'a person', {
            email: (value) => put(person, 'email', this.email(value)),
            role: (value) => put(person, 'role', this.role(value)),
            github_id: (value) => put(person, 'githubId', this.parsed(value, parseId, 'is not the number of an account')),
        });
        if (!seen?.has('email'))
            this.at(node, 'a person without `email`');
        const { email } = person;
        return email === undefined ? undefined : { ...person, email };
    }
    readTeams(node, teams) {
        for (const [key, value] of this.entries(node, '`teams`') ?? []) {
            const name = this.parsed(key, parseTeam, 'is not a team such as `acme/platform`');
            const team = {};
            const seen = this.readKeys(value ?? key, 'a team', { role: (role) => put(team, 'role', this.role(role)) });
            if (seen && !seen.has('role'))
                this.at(key, 'a team without `role`');
            if (name && team.role)
                teams.set((0,build_owner/* ownerName */.Hc)(name).slice(1), team.role);
        }
    }
    readExclude(node) {
        if (this.isNothing(node))
            return [];
        this.checkPlain(node);
        if (!this.yaml.isSeq(node)) {
            this.at(node, '`exclude` must be a list');
            return [];
        }
        const seen = new Set();
        return node.items.flatMap((item) => {
            const owner = this.parsed(item, build_owner/* parseExclusion */._Q, 'is not a login, `org/team` or an e-mail address');
            if (!owner)
                return [];
            if (seen.has((0,build_owner/* ownerName */.Hc)(owner)))
                this.wrong(item, 'stands in `exclude` twice');
            seen.add((0,build_owner/* ownerName */.Hc)(owner));
            return [owner];
        });
    }
    email(node) {
        const email = this.parsed(node, build_email/* parseEmail */.wj, 'is not an e-mail address');
        if (email !== undefined && (0,build_email/* isNoreply */.i$)(email))
            this.at(node, 'a noreply address leads to nobody');
        return email;
    }
    role(node) {
        return this.parsed(node, roles/* parseRole */.gP, `is not a role: ${roles/* roles */.Ot.join(', ')}`);
    }
    parsed(node, parse, complaint) {
        const text = this.text(node);
        const value = text === undefined ? undefined : parse(text);
        if (text !== undefined && value === undefined)
            this.wrong(node, complaint);
        return value;
    }
    /** @returns the keys that are there, of a map that has no others; undefined when it is no map */
    readKeys(node, what, readers) {
        const entries = this.entries(node, what);
        for (const [key, value] of entries ?? []) {
            const name = String(key.value);
            if (Object.hasOwn(readers, name))
                readers[name]?.(value);
            else
                this.wrong(key, `is not a key of ${what}: ${Object.keys(readers).join(', ')}`);
        }
        return entries && new Set(entries.map(([key]) => String(key.value)));
    }
    /** @returns the entries of a map, each key once, whatever its letter case; undefined when it is no map */
    entries(node, what) {
        if (this.isNothing(node))
            return [];
        this.checkPlain(node);
        if (!this.yaml.isMap(node)) {
            this.at(node, `${what} must be a map`);
            return undefined;
        }
        const seen = new Set();
        return node.items.flatMap(({ key, value }) => {
            const name = this.text(key)?.toLowerCase();
            if (name === undefined)
                return [];
            if (seen.has(name))
                this.wrong(key, 'stands there twice');
            seen.add(name);
            return [[key, value]];
        });
    }
    text(node) {
        this.checkPlain(node);
        if (this.yaml.isScalar(node))
            return String(node.value ?? '');
        if (node !== null && !this.isAlias(node))
            this.at(node, 'a text is expected');
        return undefined;
    }
    /** Nothing of YAML may make a line mean something else than it says. */
    checkPlain(node) {
        const { anchor, tag, source } = (node ?? {});
        if (node && this.isAlias(node))
            this.at(node, `an alias (\`*${source ?? ''}\`): write it out`);
        if (anchor)
            this.at(node, `an anchor (\`&${anchor}\`): write it out`);
        if (tag)
            this.at(node, `a tag (\`${tag}\`): leave it out`);
    }
    isAlias(node) {
        return !(this.yaml.isScalar(node) || this.yaml.isMap(node) || this.yaml.isSeq(node));
    }
    isNothing(node) {
        return node === null || (this.yaml.isScalar(node) && (node.value === null || node.value === '') && !node.tag);
    }
    wrong(node, message) {
        const text = this.yaml.isScalar(node) ? String(node.value ?? '').slice(0, 80) : '';
        this.at(node, `\`${text}\` ${message}`);
    }
    at(node, message) {
        const offset = node?.range?.[0] ?? 0;
        this.tell(this.yaml.lines.linePos(offset).line || 1, message);
    }
}
function put(target, key, value) {
    if (value !== undefined)
        target[key] = value;
}
function parseUser(text) {
    const name = (0,build_owner/* parseName */.$q)(text);
    return name?.kind === 'user' ? name : undefined;
}
function parseTeam(text) {
    const name = (0,build_owner/* parseName */.$q)(text);
    return name?.kind === 'team' ? name : undefined;
}
function parseId(text) {
    return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}

// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(4902);
;// CONCATENATED MODULE: ./build/operations/sync-sources.js





/** GitHub's order; the first one counts (documentation, "About code owners"). */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** GitHub does not load a larger one (the same place). */
const maxBytes = 3 * 1024 * 1024;
const defaultPeopleFile = '.github/neon-people.yml';
/**
 * Reads CODEOWNERS and the people file by the API: of the default branch, or, only to plan, of an open pull request's
 * head. What is checked out is never looked at.
 * @throws GitHubError; Error when there is no CODEOWNERS file; PeopleFileError
 */
async function readSources(inputs, trust, github, step) {
    const { repository } = step.workflowRun();
    const [owner = '', repo = ''] = repository.split('/');
    const { at, where } = await snapshotFor({ owner, repo }, trust, step.event(), github);
    const { path, text } = await readCodeowners(inputs.codeowners_path, github, at);
    if (Buffer.byteLength(text) > maxBytes)
        throw new Error(`${path} is larger than 3 MB: GitHub does not load it, so it names nobody.`);
    const parsed = parseCodeowners(text);
    const isChecked = places.includes(path);
    const codeowners = isChecked ? await checked(parsed, path, github, at) : parsed;
    if (!isChecked)
        step.notice(`GitHub's own check of owners does not cover ${path}: a mistyped name in it may be somebody else's.`);
    const people = await readPeople(inputs.people_file, github, at);
    const files = people === noPeopleFile ? [path] : [path, inputs.people_file];
    warnOfUnowned(files, text, step);
    const label = {
        text: `Read ${files.join(' and ')} at ${where}, commit ${at.sha}.`,
        markdown: `From ${files.map((file) => (0,markdown/* code */.aY)(file)).join(' and ')} at ${(0,markdown/* plain */.pj)(where)}, commit ${(0,markdown/* code */.aY)(at.sha.slice(0, 12))}.`,
    };
    return { at, codeowners, people, label };
}
/** Whoever may change these files may invite: somebody should have to be asked. */
function warnOfUnowned(paths, codeowners, step) {
    const unowned = paths.filter((path) => !isOwned(codeowners, path));
    if (unowned.length === 0)
        return;
    step.warning(`${unowned.join(' and ')}: no line of CODEOWNERS says who has to approve a change, and whoever may merge one may invite. ` +
        `Add a line such as \`/${unowned[0]} @owner\`.`);
}
async function snapshotFor(repository, trust, event, github) {
    const head = trust.apply ? undefined : openHead(event);
    if (head)
        return {
            at: await commit(github, repository, head.sha),
            where: `pull request #${head.number} (as if it were merged)`,
        };
    const at = await defaultBranch(github, repository);
    return { at, where: `the default branch ${at.branch}` };
}
/** The head of the open pull request that the event is about. */
function openHead({ name, payload: { pull_request: pull, action }, }) {
    if (name !== 'pull_request' && name !== 'pull_request_target')
        return undefined;
    const { number, head } = pull ?? {};
    return action !== 'closed' && head?.sha && number !== undefined ? { sha: head.sha, number } : undefined;
}
async function readCodeowners(asked, github, at) {
    const paths = asked === undefined ? places : [asked];
    for (const path of paths) {
        const text = await readFile(github, at, path);
        if (text !== undefined)
            return { path, text };
    }
    throw new Error(`There is no ${paths.join(', ')} at commit ${at.sha}: nobody knows who should be in, so nothing was done.`);
}
/** GitHub's check is of the file that GitHub uses; what it says of another one does not matter here. */
async function checked(parsed, path, github, at) {
    const errors = await codeownersErrors(github, at);
    return crossCheck(parsed, errors.filter((error) => error.path === path));
}
async function readPeople(path, github, at) {
    const text = await readFile(github, at, path);
    if (text !== undefined)
        return parsePeopleFile(text, path);
    if (path === defaultPeopleFile)
        return noPeopleFile;
    throw new Error(`There is no ${path} at commit ${at.sha}; it is set as \`people_file\`.`);
}

;// CONCATENATED MODULE: ./build/operations/sync.js









/**
 * Brings the organization to what CODEOWNERS and the people file say: reads everything, plans, and carries the plan
 * out if it may. Only that last part is given a client that can write.
 * @throws for whatever cannot be read: nothing is ever taken for empty
 */
async function syncPeople(inputs, step) {
    const trust = (0,people/* decideAloud */.iO)(inputs.mode, step);
    const github = await step.github();
    const sources = await readSources(inputs, trust, github, step);
    const identities = await identify(inputs, sources, github);
    const { plan, invitations } = await planFrom(inputs, sources, identities, trust, step);
    const open = identities.unresolved.filter(({ isBot }) => !isBot);
    const isStopped = open.length > 0 && inputs.on_unresolved === 'fail';
    const stopped = isStopped
        ? { stopped: `\`on_unresolved: fail\`: ${(0,build_text/* count */.U9)(open.length, 'owner')} without an address.` }
        : {};
    tell(inputs, sources, identities, plan, trust, step);
    const mayApply = trust.apply && (0,people_report/* stops */.G)({ plan, ...stopped }).length === 0;
    const deeds = mayApply ? await (0,people/* apply */.Bb)((0,people_plan/* stepsOf */.B)(plan), invitations, step) : [];
    const { unresolved } = identities;
    const { codeowners, label } = sources;
    return (0,people_report/* peopleResult */.l)({
        plan,
        deeds,
        trust,
        unresolved,
        problems: codeowners.problems,
        source: label.markdown,
        showEmails: inputs.show_emails,
        members: inputs.operation === 'sync-members',
        ...stopped,
    });
}
async function identify(inputs, { codeowners, people, at }, github) {
    const exclude = [...(inputs.exclude ?? []), ...people.exclude];
    const named = { owners: codeowners.owners, exclude, people, sources: inputs.identity_sources };
    const teams = await readTeams(github, teamsToRead(named));
    const logins = loginsToAsk(named, teams, inputs.operation === 'sync-members');
    const accounts = await findAccounts(github, at.owner, logins, addressSources(inputs.identity_sources));
    return resolveIdentities(named, teams, accounts, inputs.allowed_domains ?? []);
}
async function planFrom(inputs, sources, identities, trust, step) {
    const neon = (0,endpoints/* readOnly */.Tu)(step.neon);
    const members = await neon.getOrganizationMembers();
    const invitations = await neon.getOrganizationInvitations();
    const managing = inputs.operation === 'sync-members';
    const self = managing ? await (0,people/* ownerOfKey */.QV)(neon, trust) : undefined;
    if (managing && self === undefined)
        step.notice("`api_key` is nobody's personal key: the owner of the key that applies this stays as they are, and here nobody knows who that is.");
    const situation = {
        desired: identities.desired,
        members,
        invitations,
        now: step.clock.now(),
        ...(self ? { self } : {}),
    };
    const plan = (0,people_plan/* planPeople */.j)(situation, rulesOf(inputs, sources, identities));
    return { plan, invitations };
}
function rulesOf(inputs, { codeowners }, identities) {
    const none = { count: 0 };
    const managing = inputs.operation === 'sync-members';
    return {
        defaultRole: inputs.role ?? 'member',
        members: managing,
        allowedDomains: inputs.allowed_domains ?? [],
        excluded: identities.excluded,
        protectedEmails: new Set(managing ? (inputs.protected_emails ?? []) : []),
        reinvite: inputs.reinvite,
        maxInvitations: inputs.max_invitations,
        maxRoleChanges: managing ? inputs.max_role_changes : none,
        maxRemovals: managing ? inputs.max_removals : none,
        unsure: doubts(codeowners.problems.length, identities),
    };
}
/** Why somebody may be missing among those who are asked for. */
function doubts(problems, { unresolved, excludedUnknown }) {
    const open = unresolved.filter(({ isBot }) => !isBot).length;
    const all = [
        [open, `${(0,build_text/* count */.U9)(open, 'owner')} without an address may be this person`],
        [problems, `${(0,build_text/* count */.U9)(problems, 'line')} of CODEOWNERS with a fault may name this person`],
        [excludedUnknown.length, `${(0,build_text/* count */.U9)(excludedUnknown.length, 'excluded name')} without an address may be this person`],
    ];
    return all.flatMap(([number, why]) => (number > 0 ? [why] : []));
}
/** A few lines for the log, and at most one annotation of a kind for each cause. */
function tell({ on_unresolved }, { codeowners, label }, identities, plan, trust, step) {
    const { invite, changeRole, remove, skip, notices } = plan;
    const { unresolved } = identities;
    step.info(label.text);
    step.info(`${invite.length} to invite, ${changeRole.length} to get another role, ${remove.length} to remove; ${skip.length} skipped, ${unresolved.length} without an address.`);
    const all = [...identities.notices, ...notices];
    if (all.length > 0)
        step.notice(someOf(all));
    const { problems } = codeowners;
    const lines = problems.map(({ line, message }) => `line ${line}: ${(0,build_text/* oneLine */.TN)(message)}`);
    if (lines.length > 0)
        step.warning(`${(0,build_text/* count */.U9)(lines.length, 'line')} of CODEOWNERS with a fault: what is not understood invites nobody.\n${someOf(lines)}`);
    const open = unresolved.filter(({ isBot }) => !isBot).map(({ name, why }) => `${name} ${why}`);
    if (open.length > 0 && on_unresolved === 'warn')
        step.warning(`${(0,build_text/* count */.U9)(open.length, 'owner')} without an address.\n${someOf(open)}`);
    if (!trust.apply)
        for (const text of (0,people_report/* stops */.G)({ plan }))
            step.warning(text);
}
function someOf(lines) {
    const more = lines.length > 5 ? [`… and ${lines.length - 5} more, in the job summary.`] : [];
    return [...lines.slice(0, 5), ...more].join('\n');
}


/***/ })

};
