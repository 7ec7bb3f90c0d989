export const id = 707;
export const ids = [707];
export const modules = {

/***/ 7463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ko: () => (/* binding */ readInputs),
  _J: () => (/* binding */ readPostInputs),
  _y: () => (/* binding */ secretInputs)
});

// UNUSED EXPORTS: InputError

// EXTERNAL MODULE: ./build/lib/api-url.js
var api_url = __webpack_require__(4664);
// EXTERNAL MODULE: ./build/lib/email.js
var email = __webpack_require__(3520);
// EXTERNAL MODULE: ./build/members/owner.js
var owner = __webpack_require__(7987);
;// CONCATENATED MODULE: ./build/inputs/parsers.js


/** A shorter one is a word, as `act` is given for a token: hidden, it would be hidden wherever else it stands. */
const shortestSecret = 16;
function token(text) {
    if (text.length < shortestSecret)
        throw new Error('is too short to be a Neon key');
    if (!/^[\x21-\x7e]+$/.test(text))
        throw new Error('has white space or characters that no Neon key has; paste the key alone');
    return text;
}
function githubToken(text) {
    if (!/^[\x21-\x7e]+$/.test(text))
        throw new Error('has white space or characters that no token of GitHub has');
    return text;
}
/** Neon's pattern for ids (OpenAPI document). The value is not told: a key pasted into the wrong input must not leak. */
function identifier(what) {
    return (text) => {
        if (!/^[a-z0-9-]{1,60}$/.test(text))
            throw new Error(`must be ${what} (lower-case letters, digits and hyphens)`);
        return text;
    };
}
const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 };
/** @returns seconds; NaN for what is no duration */
function seconds(text) {
    const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    return Number(count) * (unitSeconds[unit ?? ''] ?? Number.NaN);
}
/** @returns milliseconds, from one second to ten minutes */
function timeLimit(text) {
    const limit = seconds(text);
    if (!(limit >= 1 && limit <= 600))
        throw new Error('must be from 1s to 10m, with its unit, such as 30s');
    return limit * 1000;
}
const longestSeconds = 3650 * 86_400;
/** @returns seconds, up to ten years */
function duration(text) {
    const length = seconds(text);
    if (!(length <= longestSeconds))
        throw new Error('must be a duration of at most 3650d, with its unit, such as 90s, 15m, 24h or 7d');
    return length;
}
/** @returns seconds. Less than an hour would end what has hardly begun. */
function maxAge(text) {
    const length = seconds(text);
    if (!(length >= 3600 && length <= longestSeconds))
        throw new Error('must be a duration from 1h to 3650d, such as 24h or 30d');
    return length;
}
/** How long a key lives; the number of the pull request is the event's. */
function lifetime(text) {
    if (text === 'job' || text === 'pull-request' || text === 'manual')
        return text;
    const length = seconds(text);
    if (!(length >= 1 && length <= longestSeconds)) {
        throw new Error('must be `job`, `pull-request`, `manual`, or a duration such as 24h or 7d');
    }
    return { seconds: length };
}
/** GitHub's rule for the names of secrets (GitHub documentation, "Using secrets in GitHub Actions"). */
function secretName(text) {
    // A long name may be a key that was pasted here; it is not told either way.
    if (!/^[A-Z_][A-Z0-9_]{0,99}$/i.test(text) || /^GITHUB_/i.test(text)) {
        throw new Error('must be letters, digits and `_`, must not begin with a digit or GITHUB_, and have at most 100 characters');
    }
    return text;
}
function environmentName(text) {
    if (text.length > 255 || /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) {
        throw new Error('must be the name of an environment: one line of at most 255 printable characters');
    }
    return text;
}
/** @returns `*` for every repository, or `owner/name` of each */
function repositories(text) {
    const names = list(text);
    if (names.length === 1 && names[0] === '*')
        return '*';
    const wrong = names.findIndex((name) => !/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/.test(name));
    if (wrong >= 0 || names.length === 0)
        throw new Error(`must be \`*\`, or names such as octo-org/shop by lines or commas${wrong >= 0 ? `; entry ${wrong + 1} is none` : ''}`);
    return names;
}
/** Lines or commas. */
function list(text) {
    const items = text.split(/[\n,]/).map((item) => item.trim());
    return [...new Set(items.filter((item) => item !== ''))];
}
/** YAML 1.2's core schema. */
function parsers_boolean(text) {
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    if (/^(false|False|FALSE)$/.test(text))
        return false;
    throw new Error('must be true or false');
}
function oneOf(...allowed) {
    return (text) => {
        const found = allowed.find((value) => value === text);
        if (found === undefined)
            throw new Error(`must be ${allowed.map((value) => `\`${value}\``).join(' or ')}`);
        return found;
    };
}
function label(text) {
    // A name is seen by many: a token that was pasted here must not become one.
    if (/[A-Za-z0-9_]{30,}/.test(text))
        throw new Error('looks like a key: it is a name, and everybody may see it');
    if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text))
        throw new Error('must be one line of printable characters');
    return text;
}
/** Ids are int64 (OpenAPI document). */
const maxKeyId = 2n ** 63n - 1n;
function keyIds(text) {
    const ids = list(text);
    const wrong = ids.findIndex((id) => !/^[1-9]\d{0,18}$/.test(id) || BigInt(id) > maxKeyId);
    if (wrong >= 0)
        throw new Error(`must be numbers, by lines or commas; entry ${wrong + 1} is not a number`);
    if (ids.length === 0)
        throw new Error('must be numbers, by lines or commas; the list is empty');
    return ids;
}
function role(text) {
    return oneOf('admin', 'member', 'editor', 'viewer', 'collaborator')(text);
}
/** A UUID (OpenAPI document). */
function memberId(text) {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
        throw new Error('must be the id of a member, a UUID');
    return text.toLowerCase();
}
function parsers_email(text) {
    const address = (0,email/* parseEmail */.wj)(text);
    if (address === undefined)
        throw new Error('must be an e-mail address');
    return address;
}
/** Entries such as `octo@example.com` or `octo@example.com admin`. */
function invitees(text) {
    const entries = list(text).map((entry, index) => {
        const [address = '', as, ...rest] = entry.split(/[ \t]+/);
        const read = (0,email/* parseEmail */.wj)(address);
        const wrong = `entry ${index + 1} must be an e-mail address, or one and a role such as \`octo@example.com admin\``;
        if (read === undefined || (0,email/* isNoreply */.i$)(read) || rest.length > 0)
            throw new Error(`is wrong: ${wrong}`);
        return as === undefined ? { email: read } : { email: read, role: roleOf(as, wrong) };
    });
    const twice = entries.findIndex((entry, index) => entries.findIndex((other) => other.email === entry.email) < index);
    if (twice >= 0)
        throw new Error(`is wrong: entry ${twice + 1} has an address that stands there twice`);
    if (entries.length === 0)
        throw new Error('is empty');
    return entries;
}
function roleOf(text, wrong) {
    try {
        return role(text);
    }
    catch (error) {
        throw new Error(`is wrong: ${wrong}; the role ${error.message}`);
    }
}
function repositoryPath(text) {
    const parts = text.split('/');
    const odd = parts.some((part) => part === '' || part === '.' || part === '..') || /[\p{Cc}\\]/u.test(text);
    if (odd || text.length > 1000)
        throw new Error('must be the path of a file from the root of the repository, such as docs/CODEOWNERS');
    return text;
}
function identitySources(text) {
    return list(text).map(oneOf('people-file', 'saml', 'verified-domain', 'profile'));
}
function domains(text) {
    return entriesOf(text, 'domains such as example.com', (entry) => (0,email/* parseEmail */.wj)(`a@${entry}`) === undefined ? undefined : entry.toLowerCase());
}
function emailList(text) {
    return entriesOf(text, 'e-mail addresses', email/* parseEmail */.wj);
}
function exclusions(text) {
    return entriesOf(text, 'logins, teams such as acme/platform, or e-mail addresses', owner/* parseExclusion */._Q);
}
function entriesOf(text, what, parse) {
    return list(text).map((entry, index) => {
        const value = parse(entry);
        if (value === undefined)
            throw new Error(`must be ${what}, by lines or commas; entry ${index + 1} is none`);
        return value;
    });
}
/** A number of people, or a share of the members. */
function cap(text) {
    const [, number, sign] = /^(\d{1,6})(%?)$/.exec(text) ?? [];
    if (number === undefined || (sign && Number(number) > 100))
        throw new Error('must be a number such as 25, or a share of the members such as 20%');
    return sign ? { percent: Number(number) } : { count: Number(number) };
}

;// CONCATENATED MODULE: ./build/inputs/declarations.js


const declarations = {
    operation: { parse: (text) => text },
    api_key: { secret: true, parse: token },
    org_id: { parse: identifier('an organization id such as org-sunny-meadow-12345678') },
    api_host: { default: 'https://console.neon.tech/api/v2', parse: api_url/* parseApiUrl */.n },
    timeout: { default: '30s', parse: timeLimit },
    summary: { default: 'true', parse: parsers_boolean },
    show_emails: { default: 'false', parse: parsers_boolean },
    github_token: { default: '${{ github.token }}', secret: true, parse: githubToken },
    github_api_url: { default: '${{ github.api_url }}', parse: api_url/* parseApiUrl */.n },
    mode: { default: 'auto', parse: oneOf('auto', 'plan', 'apply') },
    project_id: { parse: identifier('a project id such as cool-river-87654321') },
    scope: { default: 'project', parse: oneOf('project', 'organization') },
    key_name: { parse: label },
    lifetime: { default: 'job', parse: lifetime },
    secret_name: { parse: secretName },
    secret_scope: { default: 'repository', parse: oneOf('repository', 'environment', 'organization') },
    secret_environment: { parse: environmentName },
    export_env: { default: 'false', parse: parsers_boolean },
    on_revoke_failure: { default: 'fail', parse: oneOf('fail', 'warn') },
    key_id: { parse: keyIds },
    max_age: { parse: maxAge },
    repositories: { parse: repositories },
    grace: { default: '24h', parse: duration },
    emails: { parse: invitees },
    role: { parse: role },
    reinvite: { default: 'false', parse: parsers_boolean },
    member_id: { parse: memberId },
    email: { parse: parsers_email },
    codeowners_path: { parse: repositoryPath },
    people_file: { default: '.github/neon-people.yml', parse: repositoryPath },
    identity_sources: { default: 'people-file', parse: identitySources },
    allowed_domains: { parse: domains },
    exclude: { parse: exclusions },
    on_unresolved: { default: 'warn', parse: oneOf('warn', 'fail', 'ignore') },
    max_invitations: { default: '25', parse: cap },
    max_role_changes: { default: '10', parse: cap },
    max_removals: { default: '0', parse: cap },
    protected_emails: { parse: emailList },
};
const inputNames = Object.keys(declarations);
/** What every operation takes, besides `operation`. */
const shared = [
    'api_key',
    'org_id',
    'api_host',
    'timeout',
    'summary',
    'show_emails',
    'github_token',
    'github_api_url',
];
/** What has no default and must be set. */
const required = ['operation', 'api_key', 'org_id'];
/** Where a secret is. */
const secret = ['secret_name', 'secret_scope', 'secret_environment'];
/** Who should be in, and how many may be invited. */
const people = [
    'mode',
    'codeowners_path',
    'people_file',
    'identity_sources',
    'role',
    'allowed_domains',
    'exclude',
    'max_invitations',
    'on_unresolved',
    'reinvite',
];
/** What each operation takes besides. */
const operationInputs = {
    'create-key': ['project_id', 'scope', 'key_name', 'lifetime', 'export_env', 'on_revoke_failure', ...secret],
    'revoke-key': ['key_id', 'key_name', ...secret],
    'list-keys': ['key_name'],
    'sweep-keys': ['mode', 'max_age', 'repositories'],
    'rotate-key': [...secret, 'project_id', 'scope', 'grace', 'on_revoke_failure'],
    invite: ['mode', 'emails', 'role', 'reinvite'],
    'list-invitations': [],
    'sync-invitations': people,
    'list-members': [],
    'get-member': ['member_id', 'email'],
    'update-member': ['mode', 'member_id', 'email', 'role'],
    'remove-member': ['mode', 'member_id', 'email'],
    'sync-members': [...people, 'max_role_changes', 'max_removals', 'protected_emails'],
    'get-organization': [],
};
const operationNames = Object.keys(operationInputs);
/** The default of an input, as action.yml has it. */
function defaultOf(name) {
    return declarations[name].default;
}

;// CONCATENATED MODULE: ./build/inputs/rules.js


/** What no single input can know, from the inputs as they are written. */
const rules = {
    'create-key': (written) => [...reachRule(written), ...secretRule(written), ...jobSecretRule(written)],
    'revoke-key': (written) => written('key_id') || written('key_name') || written('secret_name')
        ? secretRule(written)
        : ['`key_id`, `key_name` or `secret_name` is required: it says which key is to be revoked'],
    'rotate-key': (written) => [
        ...(written('secret_name') ? [] : ['`secret_name` is required: the secret that holds the key']),
        ...reachRule(written),
        ...secretRule(written),
    ],
    invite: (written) => [
        ...(written('emails') ? [] : ['`emails` is required: who is to be invited']),
        ...defaultRoleRule(written),
    ],
    'sync-invitations': (written) => [...defaultRoleRule(written), ...profileRule(written)],
    'get-member': memberRule,
    'update-member': (written) => [
        ...memberRule(written),
        ...(written('role') ? [] : ['`role` is required: the one that the member is to have']),
    ],
    'remove-member': memberRule,
    'sync-members': (written) => [...defaultRoleRule(written), ...profileRule(written)],
};
function memberRule(written) {
    const [id, address] = [written('member_id'), written('email')];
    if (id && address)
        return ['`member_id` and `email` exclude each other'];
    return id || address ? [] : ['`member_id` or `email` is required: it says which member is meant'];
}
/** A role for all is no line about a person. */
function defaultRoleRule(written) {
    return written('role') === 'admin' ? ['`role` is for everybody: who is to be admin needs a line that says so'] : [];
}
function profileRule(written) {
    const asked = list(written('identity_sources')).includes('profile');
    return asked && !written('allowed_domains') ? ['`identity_sources: profile` needs `allowed_domains`'] : [];
}
function reachRule(written) {
    const wide = written('scope') === 'organization';
    if (wide && written('project_id'))
        return ['`project_id` and `scope: organization` exclude each other'];
    if (wide || written('project_id'))
        return [];
    return [
        '`project_id` is required: the key reaches this project only. For a key to all projects set `scope: organization`',
    ];
}
function secretRule(written) {
    const scoped = written('secret_scope') === 'environment';
    const alone = !written('secret_name') && (scoped || written('secret_scope') === 'organization');
    return [
        ...(alone ? ['`secret_scope` is of use with `secret_name` only'] : []),
        ...(scoped && !written('secret_environment') ? ['`secret_scope: environment` needs `secret_environment`'] : []),
        ...(!scoped && written('secret_environment') ? ['`secret_environment` needs `secret_scope: environment`'] : []),
    ];
}
function jobSecretRule(written) {
    const job = ['', defaultOf('lifetime')].includes(written('lifetime'));
    return job && written('secret_name')
        ? [
            '`secret_name` needs another `lifetime` than `job`: the secret would hold a key that is dead when the job is over',
        ]
        : [];
}

;// CONCATENATED MODULE: ./build/inputs/read.js



/** All that is wrong with the inputs, told at once. */
class InputError extends Error {
    name = 'InputError';
}
/** The secrets among the inputs, to be masked before anything else is done. */
function secretInputs(env) {
    const names = inputNames.filter((name) => declarations[name].secret);
    return names.map((name) => rawInput(env, name)).filter((value) => value.length >= shortestSecret);
}
/**
 * Reads the inputs as the runner hands them over (INPUT_<NAME>).
 * @throws InputError that names every wrong input
 */
async function readInputs(env) {
    const operation = rawInput(env, 'operation');
    if (!isOperation(operation)) {
        throw wrongInputs('This step', [await unknownOperation(operation), ...parseInputs(env, shared).problems]);
    }
    const taken = [...shared, ...operationInputs[operation]];
    const { values, problems } = parseInputs(env, taken);
    problems.push(...(await unexpectedInputs(env, operation, ['operation', ...taken])));
    problems.push(...(rules[operation]?.((name) => rawInput(env, name)) ?? []));
    if (problems.length > 0)
        throw wrongInputs(`\`${operation}\``, problems);
    return { operation, ...values };
}
function wrongInputs(who, problems) {
    const list = problems.map((problem) => `- ${problem}.`).join('\n');
    return new InputError(`${who} cannot start, nothing was sent:\n${list}`);
}
function parseInputs(env, names) {
    const values = {};
    const problems = [];
    for (const name of names) {
        const raw = rawInput(env, name) || literalDefault(name);
        try {
            if (raw !== '')
                values[name] = declarations[name].parse(raw);
            else if (required.includes(name))
                problems.push(missing(name));
        }
        catch (error) {
            problems.push(`\`${name}\` ${error.message}`);
        }
    }
    return { values, problems };
}
/** What the post step needs. Its inputs are evaluated anew, and a wrong one must not keep a key alive: defaults instead. */
function readPostInputs(env) {
    const read = (name, parse) => {
        try {
            return parse(rawInput(env, name));
        }
        catch {
            return parse(defaultOf(name));
        }
    };
    return {
        apiKey: usableKey(rawInput(env, 'api_key')),
        timeoutMs: read('timeout', timeLimit),
        warnOnly: rawInput(env, 'on_revoke_failure') === 'warn',
        summary: read('summary', parsers_boolean),
    };
}
/** @returns '' for what cannot be a key: the post step must say so rather than fail on it */
function usableKey(raw) {
    try {
        return token(raw);
    }
    catch {
        return '';
    }
}
/** What an input is without the runner; '' when only the runner can tell. */
function literalDefault(name) {
    const value = defaultOf(name) ?? '';
    return value.startsWith('${{') ? '' : value;
}
/** @returns the value of one input, '' when it is not set */
function rawInput(env, name) {
    return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}
function isOperation(name) {
    return Object.hasOwn(operationInputs, name);
}
async function unknownOperation(name) {
    const list = `the operations are ${operationNames.join(', ')}`;
    if (name === '')
        return `\`operation\` is required; ${list}`;
    return `\`operation\` has an unknown value${await didYouMean(name, operationNames)}; ${list}`;
}
/** Inputs that are set but not taken: a typo must not be ignored. */
async function unexpectedInputs(env, operation, taken) {
    const problems = [];
    for (const variable of Object.keys(env).filter((key) => key.startsWith('INPUT_'))) {
        const name = variable.slice('INPUT_'.length).toLowerCase();
        const value = rawInput(env, name);
        if (value === '' || taken.includes(name))
            continue;
        if (!Object.hasOwn(declarations, name))
            problems.push(`\`${name}\` is not an input${await didYouMean(name, taken)}; it comes from \`with:\` or from an environment variable ${variable}`);
        else if (value !== defaultOf(name))
            problems.push(notTaken(name, operation));
    }
    return problems;
}
function notTaken(name, operation) {
    const takers = operationNames.filter((other) => operationInputs[other].includes(name));
    return `\`${name}\` is not taken by \`${operation}\`, but by ${takers.map((taker) => `\`${taker}\``).join(', ')}`;
}
async function didYouMean(name, candidates) {
    const { closest, distance } = await __webpack_require__.e(/* import() */ 916).then(__webpack_require__.t.bind(__webpack_require__, 1916, 19));
    const best = closest(name, [...candidates]);
    return distance(name, best) <= Math.max(2, best.length / 3) ? ` (did you mean \`${best}\`?)` : '';
}
function missing(name) {
    if (name !== 'api_key')
        return `\`${name}\` is required`;
    return '`api_key` is required. When it is set from a secret: the secret does not exist, or this event may not read it, such as a pull request from a fork or by Dependabot';
}


/***/ }),

/***/ 4518:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ parseName),
/* harmony export */   L$: () => (/* binding */ isFrom),
/* harmony export */   f7: () => (/* binding */ isMeantBy),
/* harmony export */   iO: () => (/* binding */ composeName),
/* harmony export */   yv: () => (/* binding */ originOf)
/* harmony export */ });
/* unused harmony export isLabelled */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/** Neon's limit for key_name (OpenAPI, ApiKeyCreateRequest). Counted in bytes: fits whichever way Neon counts. */
const maxNameBytes = 64;
const pattern = /^(?<label>.*?) ?~gh(?:a|-(?<server>[0-9a-z]{3}))\.(?<repository>[0-9a-z]+)\.(?<run>[0-9a-z]+)-(?<attempt>[0-9a-z]+)\.(?<lifetime>[jm]|[pt][0-9a-z]+|r[0-9a-z]+-[0-9a-z]{10})\.(?<nonce>[0-9a-z]+)$/s;
/**
 * `<label> ~gha.<repository id>.<run id>-<attempt>.<lifetime>.<nonce>`, numbers in base 36, the label cut to fit;
 * `~gh-<server>` instead of `~gha` for another server than github.com.
 * A label that is cut ends in `#` and a hash of the whole, so that two long labels stay two.
 */
function composeName(label, mark) {
    const { server, repositoryId, runId, runAttempt, lifetime, nonce } = mark;
    const github = server === undefined ? '~gha' : `~gh-${server}`;
    const suffix = `${github}.${base36(repositoryId)}.${base36(runId)}-${base36(runAttempt)}.${writeLifetime(lifetime)}.${nonce}`;
    const fitting = shorten(label.trim().toWellFormed(), maxNameBytes - suffix.length - 1);
    return fitting === '' ? suffix : `${fitting} ${suffix}`;
}
/**
 * Reads a key's name back.
 * @returns undefined for a name that `composeName` would not have written: such a key is not ours
 */
function parseName(name) {
    const groups = pattern.exec(name)?.groups;
    const lifetime = groups && readLifetime(groups.lifetime);
    if (!lifetime)
        return undefined;
    const { label, server, repository, run, attempt, nonce } = groups;
    const mark = {
        ...(server === undefined ? {} : { server }),
        repositoryId: fromBase36(repository),
        runId: fromBase36(run),
        runAttempt: fromBase36(attempt),
        lifetime,
        nonce,
    };
    return composeName(label, mark) === name ? { label, mark } : undefined;
}
/** Whether this action minted the key for this repository under this label, cut or whole; a secret's keys have none. */
function isLabelled(name, label, origin) {
    const mark = parseName(name)?.mark;
    if (!mark || mark.lifetime.kind === 'rotation' || !isFrom(mark, origin))
        return false;
    return composeName(label, mark) === name;
}
/** The part of a mark that says where a key was minted. */
function originOf({ server, repositoryId, runId, runAttempt }) {
    return { ...(server === undefined ? {} : { server }), repositoryId, runId, runAttempt };
}
/** Whether both are of the same repository, on the same server. */
function isFrom(mark, { server, repositoryId }) {
    return mark.server === server && mark.repositoryId === repositoryId;
}
function writeLifetime(lifetime) {
    if (lifetime.kind === 'pull-request')
        return `p${base36(lifetime.number)}`;
    if (lifetime.kind === 'duration')
        return `t${base36(lifetime.seconds)}`;
    if (lifetime.kind === 'rotation')
        return `r${base36(lifetime.graceSeconds)}-${lifetime.secretId}`;
    return lifetime.kind === 'job' ? 'j' : 'm';
}
function readLifetime(text) {
    const [first = '', secretId = ''] = text.slice(1).split('-');
    const number = fromBase36(first);
    if (text === 'j')
        return { kind: 'job' };
    if (text === 'm')
        return { kind: 'manual' };
    if (!Number.isSafeInteger(number))
        return undefined;
    if (text.startsWith('p'))
        return { kind: 'pull-request', number };
    return text.startsWith('t')
        ? { kind: 'duration', seconds: number }
        : { kind: 'rotation', graceSeconds: number, secretId };
}
function base36(number) {
    return number.toString(36);
}
function fromBase36(text) {
    return Number.parseInt(text, 36);
}
function shorten(label, bytes) {
    if (Buffer.byteLength(label) <= bytes)
        return label;
    const hash = `#${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(label).digest('hex').slice(0, 6)}`.slice(0, Math.max(0, bytes));
    return `${cutToBytes(label, bytes - hash.length).trimEnd()}${hash}`;
}
function cutToBytes(text, bytes) {
    let used = 0;
    let cut = '';
    for (const character of text) {
        used += Buffer.byteLength(character);
        if (used > bytes)
            return cut;
        cut += character;
    }
    return cut;
}
/** Whether a key is meant by `key_name`: it has exactly this name, or it was minted for this repository under this label. */
function isMeantBy(name, keyName, origin) {
    return name === keyName || isLabelled(name, keyName, origin);
}


/***/ }),

/***/ 5189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KI: () => (/* binding */ outcomes),
/* harmony export */   WX: () => (/* binding */ revocationsTable),
/* harmony export */   Yz: () => (/* binding */ outputsOf),
/* harmony export */   em: () => (/* binding */ sentence),
/* harmony export */   u5: () => (/* binding */ resultOfRevocations),
/* harmony export */   ut: () => (/* binding */ runLink),
/* harmony export */   xS: () => (/* binding */ factsOf)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4869);
/* harmony import */ var _neon_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5495);
/* harmony import */ var _runner_markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1134);
/* harmony import */ var _name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4518);




const outcomes = {
    revoked: '✅ revoked',
    'already-revoked': '☑️ was not live any more',
    'never-made': '☑️ was never made',
    failed: '❌ **may still be live**',
};
/** One line for the log. */
function sentence({ target, how }) {
    const key = [target.id ?? '', target.name && `"${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(target.name)}"`].filter(Boolean).join(' ');
    if (how === 'revoked')
        return `Revoked key ${key}.`;
    if (how === 'already-revoked')
        return `Key ${key} was not live any more${target.name ? '' : ', or never'}: nothing to revoke.`;
    return how === 'never-made' ? `Neon never made the key ${key}: nothing to revoke.` : `Key ${key} may still be live.`;
}
/** The table for the job summary. */
function revocationsTable(revocations) {
    const rows = revocations.map(({ target, how }) => [
        (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(target.name) || '–',
        (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(target.id ?? '') || '–',
        outcomes[how],
    ]);
    return (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .table */ .tp)(['Key', 'Id', ''], rows);
}
/** The part of a result that every operation has that revokes keys. @param more failures besides */
function resultOfRevocations(revocations, more = []) {
    const revoked = revocations.filter(({ how }) => how === 'revoked');
    const failures = [...failuresOf(revocations), ...more];
    return {
        revoked: revoked.length,
        outputs: { revoked_count: String(revoked.length) },
        json: { revoked_key_ids: revoked.map(({ target }) => (0,_neon_json_js__WEBPACK_IMPORTED_MODULE_3__/* .jsonInteger */ .R)(target.id)) },
        failed: (failures.length > 0 ? { failure: failures.join('\n') } : {}),
    };
}
/** What people must know: a heading and one text for each key that may still be live; nothing when all is well. */
function failuresOf(revocations) {
    const failed = revocations.flatMap((revocation) => revocation.how === 'failed' ? [`${sentence(revocation)} ${revocation.error.message}`] : []);
    return failed.length === 0 ? [] : [`${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(failed.length, 'key')} of ${revocations.length} not revoked.`, ...failed];
}
/** The outputs that tell of a new key, but for its token. */
function outputsOf({ id, name, project_id = '', created_at }) {
    return { key_id: id, key_name: name, project_id, created_at };
}
/** What a new key is called, and what it reaches: the first lines of its summary. */
function factsOf({ id, name }, projectId) {
    const reach = projectId ? `project ${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(projectId)}, nothing else` : '⚠️ every project of the organization';
    return [
        ['Key', (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(name)],
        ['Id', (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(id)],
        ['Reaches', reach],
    ];
}
/** The run that a key was minted in, for people: a link, where the repository's name is known. */
function runLink(mark, own) {
    const { repositoryId, runId, runAttempt } = mark;
    return (0,_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isFrom */ .L$)(mark, own)
        ? `[run ${runId}](${own.runsUrl}/${runId}/attempts/${runAttempt})`
        : `run ${runId} of repository ${repositoryId}`;
}


/***/ }),

/***/ 7747:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ revokeKeys)
/* harmony export */ });
/* harmony import */ var _lib_parallel_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2257);
/* harmony import */ var _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(666);


/** A key that comes back from a revocation this often is not ours to fight with. */
const rounds = 3;
const comesBack = `Neon still lists the key, after ${rounds} attempts to revoke it.`;
/**
 * Revokes each key by its id. What is in doubt (a 404, a lost answer, a target without an id) is settled by Neon's list
 * of live keys: no key is called gone that was not seen gone.
 * @throws the reason of the cancellation, if the requester was given one; never NeonError
 */
async function revokeKeys(targets, effects) {
    const revocations = [];
    const end = (revocation) => {
        revocations.push(revocation);
        effects.onOutcome(revocation);
    };
    let open = targets.map((target) => ({ target }));
    for (let round = 1; round <= rounds; round += 1) {
        const doubts = await revokeKnown(open, effects.neon, end);
        open = doubts.length === 0 ? [] : await settle(doubts, effects, end);
    }
    // What is live still has an id by now, and so an error of the last round.
    for (const { target, error } of open)
        end({ target, how: 'failed', error: error.with({ hint: comesBack }) });
    return revocations;
}
/** With an answer in a tenth of a second, one after the other would stay below Neon's rate limit. */
const atOnce = 6;
/** @returns what is in doubt afterwards */
async function revokeKnown([first, ...rest], neon, end) {
    const doubts = [];
    let forbidden;
    const revoke = async ({ target }) => {
        // Who may not revoke one key may not revoke the next one.
        const error = forbidden ?? (await tryRevoke(target, neon));
        if (error && isForbidden(error))
            forbidden = error;
        if (error && isFinal(error))
            end({ target, how: 'failed', error });
        else if (error)
            doubts.push({ target, error });
        else if (target.id === undefined)
            doubts.push({ target });
        else
            end({ target, how: 'revoked' });
    };
    // The first one alone: it tells whether the others have to be tried at all.
    if (first)
        await revoke(first);
    await (0,_lib_parallel_js__WEBPACK_IMPORTED_MODULE_1__/* .inParallel */ .H)(rest, atOnce, revoke);
    return doubts;
}
async function tryRevoke({ id }, neon) {
    if (id === undefined)
        return undefined;
    try {
        await neon.revokeOrgApiKey(id);
        return undefined;
    }
    catch (error) {
        if (error instanceof _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .NeonError */ .T)
            return error;
        throw error;
    }
}
function isForbidden(error) {
    return isFinal(error) && [401, 403].includes(error.facts.status ?? 0);
}
function isFinal({ facts }) {
    return facts.kind === 'refused' && facts.status !== 404;
}
/** @returns what is live still, with its id */
async function settle(doubts, effects, end) {
    let keys;
    try {
        keys = await listSettled(doubts, effects);
    }
    catch (listError) {
        if (!(listError instanceof _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .NeonError */ .T))
            throw listError;
        // The first failure says more than that of the look-up after it.
        for (const { target, error } of doubts)
            end({ target, how: 'failed', error: error ?? listError });
        return [];
    }
    const open = [];
    for (const doubt of doubts) {
        const { target } = doubt;
        const live = keys.filter((key) => isTarget(key, target));
        open.push(...live.map(({ id, name }) => ({ ...doubt, target: { ...target, id, name } })));
        if (live.length === 0)
            end({ target, how: howItEnded(doubt) });
    }
    return open;
}
/** A key that is not live any more was ended by us if a request of ours may have been carried out. */
function howItEnded({ error }) {
    if (!error)
        return 'never-made';
    return error.facts.maybeDone || error.facts.kind !== 'refused' ? 'revoked' : 'already-revoked';
}
/** The name of a lease is unique; the name of another target is for people. */
function isTarget(key, { id, name, askedAt }) {
    return key.id === id || (key.name === name && (id === undefined || askedAt !== undefined));
}
const firstLookMs = 1000;
/** Lists; and again, later, while a key that was just asked for is missing: its request may still be under way. */
async function listSettled(doubts, { neon, clock, settleMs }) {
    // A clock that was set back between main and post must not make this wait longer.
    const latest = clock.now() + settleMs;
    for (let wait = firstLookMs;; wait *= 2) {
        const keys = await neon.listOrgApiKeys();
        const missing = doubts.filter(({ target }) => target.id === undefined && !keys.some((key) => isTarget(key, target)));
        const settledAt = Math.max(0, ...missing.map(({ target }) => (target.askedAt ?? 0) + settleMs));
        const left = Math.min(settledAt, latest) - clock.now();
        if (left <= 0)
            return keys;
        await clock.sleep(Math.min(wait, left));
    }
}


/***/ }),

/***/ 2600:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jq: () => (/* binding */ writeState),
/* harmony export */   Vi: () => (/* binding */ stateName),
/* harmony export */   un: () => (/* binding */ readState)
/* harmony export */ });
/* harmony import */ var _lib_api_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4664);

/** The name under which the runner keeps the state from main to post. */
const stateName = 'leases';
/** @returns '' when there is nothing for the post step to do */
function writeState({ orgId, apiHost, leases }) {
    return leases.length === 0 ? '' : JSON.stringify({ orgId, apiHost: apiHost.href, leases });
}
/**
 * Reads back what `writeState` wrote.
 * @throws Error when it is anything else: a lease must not be lost in silence, nor the key be sent to another address
 */
function readState(text) {
    const { orgId, apiHost, leases } = (JSON.parse(text) ?? {});
    const sound = isText(orgId) && /^[a-z0-9-]{1,60}$/.test(orgId) && isText(apiHost) && Array.isArray(leases);
    if (!sound || leases.length === 0 || !leases.every(isLease))
        throw new Error('the state of the main step is damaged');
    return { orgId, apiHost: (0,_lib_api_url_js__WEBPACK_IMPORTED_MODULE_0__/* .parseApiUrl */ .n)(apiHost), leases };
}
function isText(value) {
    return typeof value === 'string';
}
function isLease(value) {
    const { name, askedAt, id, secret } = (value ?? {});
    if (secret !== undefined && !isText(secret))
        return false;
    return isText(name) && Number.isFinite(askedAt) && (id === undefined || (isText(id) && /^\d+$/.test(id)));
}


/***/ }),

/***/ 4664:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ isLoopback),
/* harmony export */   n: () => (/* binding */ parseApiUrl)
/* harmony export */ });
/**
 * Reads the base URL of an API. A key or a token is sent there, so it is https, or this machine.
 * @throws Error whose message ends the sentence "`name` …"
 */
function parseApiUrl(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url)
        throw new Error('must be an address that begins with https://');
    if (url.username || url.password || /[?#]/.test(text)) {
        throw new Error('must have no user, password, query or fragment');
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
        throw new Error('must be https: a secret is sent there (http is for loopback addresses only)');
    }
    return url;
}
/** Whether a URL's host is this machine. */
function isLoopback({ hostname }) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}


/***/ }),

/***/ 4570:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
const systemClock = {
    now: () => Date.now(),
    sleep: (ms, signal) => new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const abort = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener('abort', abort);
            resolve();
        }, ms);
        signal?.addEventListener('abort', abort, { once: true });
    }),
};


/***/ }),

/***/ 3520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ow: () => (/* binding */ domainOf),
/* harmony export */   _g: () => (/* binding */ maskEmails),
/* harmony export */   gQ: () => (/* binding */ lowerCase),
/* harmony export */   i$: () => (/* binding */ isNoreply),
/* harmony export */   ou: () => (/* binding */ shownWith),
/* harmony export */   wj: () => (/* binding */ parseEmail)
/* harmony export */ });
/** The most that Neon takes (OpenAPI document). */
const longest = 256;
const pattern = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
/**
 * Reads an e-mail address. Letter case never counts, so it comes out in lower case: two spellings are one person.
 * @returns undefined when it is none: only ASCII, so that no address looks like another one
 */
function parseEmail(text) {
    if (text.length > longest)
        return undefined;
    const email = lowerCase(text);
    return pattern.test(email) ? email : undefined;
}
/** An address or a name without letter case, in ASCII only: some letters of other scripts would become another person's. */
function lowerCase(text) {
    return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
/** Addresses that GitHub gives to accounts, and that lead to nobody: `…@users.noreply.github.com`, also of a server. */
function isNoreply(email) {
    return /(?:^|[.@])no-?reply[.@]/i.test(email);
}
/** What stands after the `@`, in lower case. */
function domainOf(email) {
    return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
/** Whatever looks like an address, in a text for people; bounded, so that it stays linear. */
const inText = /[^\s@"'`<>()[\]{},;:|=\u200b]{1,64}@(?=[\p{L}\p{N}-]+\.)[\p{L}\p{N}.-]{1,255}/gu;
/** By the input `show_emails`. */
function shownWith(showEmails) {
    return showEmails ? (text) => text : maskEmails;
}
/** Hides the addresses in a text: `octo@example.com` becomes `o***o@example.com`. */
function maskEmails(text) {
    return text.replace(inText, (email) => {
        const at = email.indexOf('@');
        const name = email.slice(0, at);
        // Hidden before: a summary is masked where it is written, and once more where it leaves.
        if (/^.?\*{3}.?$/u.test(name))
            return email;
        const [first = '', last = ''] = [name.slice(0, 1), name.slice(-1)];
        // Of a short name, first and last letter are too much of it.
        const shown = name.length > 3 ? `${first}***${last}` : name.length > 1 ? `${first}***` : '***';
        return shown + email.slice(at);
    });
}


/***/ }),

/***/ 2257:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ inParallel)
/* harmony export */ });
/**
 * Does `work` with each item, `atOnce` of them at a time, in their order. When one fails, nothing new is begun, and what
 * is under way is waited for.
 * @throws what the first failing `work` threw
 */
async function inParallel(items, atOnce, work) {
    const rest = items[Symbol.iterator]();
    const failures = [];
    const worker = async () => {
        for (let next = rest.next(); !next.done && failures.length === 0; next = rest.next()) {
            await work(next.value).catch((error) => failures.push(error));
        }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    if (failures.length > 0)
        throw failures[0];
}


/***/ }),

/***/ 1260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ noProxy),
/* harmony export */   i: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var _api_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4664);

/**
 * The proxy that the runner's rules name for a host: lower case wins, `http_proxy` is not used for https.
 * A loopback address is never asked of a proxy: the proxy would look for it on itself, and see the key in clear text.
 * @throws Error when the variable holds something else than a proxy's address
 */
function proxyFor(host, env) {
    if ((0,_api_url_js__WEBPACK_IMPORTED_MODULE_0__/* .isLoopback */ .U)(host))
        return undefined;
    const name = host.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
    const value = env[name] || env[name.toUpperCase()];
    if (!value)
        return undefined;
    const proxy = value.includes('://') ? value : `http://${value}`;
    if (/^https?:/i.test(proxy) && isUsable(proxy))
        return proxy;
    throw new Error(`\`${name}\` of the runner is not the address of a proxy such as http://proxy.example.com:3128.`);
}
/** Undici decodes user and password, and takes no path. */
function isUsable(proxy) {
    try {
        const { username, password, pathname } = new URL(proxy);
        decodeURIComponent(username + password);
        return pathname === '/';
    }
    catch {
        return false;
    }
}
/** The hosts that are asked without the proxy, by commas. */
function noProxy(env) {
    return env['no_proxy'] || env['NO_PROXY'] || '';
}


/***/ }),

/***/ 4869:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O5: () => (/* binding */ entities),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   g$: () => (/* binding */ printable)
/* harmony export */ });
/** Control and direction characters, and what some readers take for the end of a line. */
const unprintable = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;
/** A text of several lines without what a terminal would obey, or show in another order. */
function printable(text) {
    return text
        .split('\n')
        .map((line) => line.replace(unprintable, ' '))
        .join('\n');
}
/**
 * Text from outside, made fit for one line of a log: no control or direction characters, 500 characters at the most.
 * It is cut between two words: half a token would not be redacted.
 */
function oneLine(text) {
    const clean = text.replace(unprintable, ' ').trim();
    return clean.length > 500 ? `${clean.slice(0, 500).replace(/\S*$/, '')}…` : clean;
}
/** `1 key`, `2 keys`. */
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
const zeroWidthSpace = '&#8203;';
/**
 * Text as HTML entities but for letters, digits, spaces and hyphens: nothing in it is HTML, Markdown, a link or a mention.
 * GitHub looks for addresses and mentions after it has decoded entities (cmark-gfm, `postprocess_text`): what they are
 * known by stands between zero-width spaces.
 */
function entities(text) {
    return text.replace(/[^\p{L}\p{N} -]/gu, (character) => {
        const entity = `&#${character.codePointAt(0)};`;
        return '#.:@'.includes(character) ? zeroWidthSpace + entity + zeroWidthSpace : entity;
    });
}


/***/ }),

/***/ 6480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ userAgent)
/* harmony export */ });
/** What both APIs are told of who asks; the version is that of package.json, and a test holds it. */
const userAgent = 'neon-org-action/0.1.0';


/***/ }),

/***/ 7987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ parseName),
/* harmony export */   Hc: () => (/* binding */ ownerName),
/* harmony export */   _Q: () => (/* binding */ parseExclusion),
/* harmony export */   pZ: () => (/* binding */ parseOwner)
/* harmony export */ });
/* harmony import */ var _lib_email_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3520);

/** GitHub's own rule plus the underscore, with which logins of managed users end: `octocat_acme`. */
const login = /^[a-z0-9][a-z0-9_-]{0,99}$/;
const slug = /^[a-z0-9_][a-z0-9_.-]{0,254}$/;
/** @returns undefined when the text is not `@user`, `@org/team` or an e-mail address, whole */
function parseOwner(text) {
    if (text.startsWith('@'))
        return parseName(text.slice(1));
    const email = (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .parseEmail */ .wj)(text);
    return email === undefined ? undefined : { kind: 'email', email };
}
/** @returns the user or team of a name without its `@`: `user`, `org/team` */
function parseName(text) {
    const [org = '', team, ...rest] = (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .lowerCase */ .gQ)(text).split('/');
    if (rest.length > 0 || !login.test(org))
        return undefined;
    if (team === undefined)
        return { kind: 'user', login: org };
    return slug.test(team) ? { kind: 'team', org, slug: team } : undefined;
}
/** As people write it: `@octocat`, `@acme/platform`, `octo@example.com`. Equal for the same owner. */
function ownerName(owner) {
    if (owner.kind === 'email')
        return owner.email;
    return owner.kind === 'user' ? `@${owner.login}` : `@${owner.org}/${owner.slug}`;
}
/** An app's account: `dependabot[bot]`. CODEOWNERS never names one, and people exclude them all the same. */
const bot = /^@?([a-z0-9][a-z0-9-]*)\[bot\]$/i;
/**
 * Reads one entry of `exclude`: a login, `org/team` or an e-mail address; an `@` before a name may be left out.
 * @returns undefined when it is none of them
 */
function parseExclusion(text) {
    const name = bot.exec(text)?.[1];
    if (name !== undefined)
        return { kind: 'user', login: `${name.toLowerCase()}[bot]` };
    return parseOwner(text) ?? parseOwner(`@${text}`);
}


/***/ }),

/***/ 8067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ connectNeon)
});

// UNUSED EXPORTS: noteTime

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/lib/version.js
var version = __webpack_require__(6480);
// EXTERNAL MODULE: ./build/neon/endpoints.js
var endpoints = __webpack_require__(183);
;// CONCATENATED MODULE: ./build/neon/rate-limit.js
/**
 * A token bucket: `burst` requests at once, then `perSecond` of them a second. Callers are served in their order.
 * @param perSecond requests a second in the long run
 * @param burst requests that may leave at once after a rest
 */
function rateLimit(clock, perSecond, burst) {
    const spacing = 1000 / perSecond;
    // The moment at which the bucket is full again; each request moves it on by one spacing.
    let fullAt = Number.NEGATIVE_INFINITY;
    let last = fullAt;
    return async (signal) => {
        const now = clock.now();
        // A clock that was set back takes the bucket with it.
        if (now < last)
            fullAt -= last - now;
        last = now;
        fullAt = Math.max(fullAt, now) + spacing;
        const wait = fullAt - now - burst * spacing;
        if (wait > 0)
            await clock.sleep(wait, signal);
    };
}
/** Neon's documented limits, with a margin: 700 requests a minute over all (docs, "Rate limits"). */
const overall = { perSecond: 11, burst: 10 };
/** createOrgApiKey has its own limit of 10 a second (docs, "Manage API keys"); never two at once. */
const creatingKeys = { perSecond: 10, burst: 1 };

// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/neon/errors.js
var errors = __webpack_require__(666);
// EXTERNAL MODULE: ./build/neon/json.js
var json = __webpack_require__(5495);
// EXTERNAL MODULE: ./build/neon/retry.js
var neon_retry = __webpack_require__(9267);
// EXTERNAL MODULE: ./node_modules/undici/lib/api/api-request.js
var api_request = __webpack_require__(4043);
// EXTERNAL MODULE: ./node_modules/undici/lib/dispatcher/pool.js
var pool = __webpack_require__(628);
// EXTERNAL MODULE: ./build/lib/proxy.js
var lib_proxy = __webpack_require__(1260);
;// CONCATENATED MODULE: ./build/neon/transport.js



/** No answer came. */
class NoAnswer extends Error {
    name = 'NoAnswer';
    /** False when the request surely never reached Neon. */
    sent;
    constructor(message, sent, cause) {
        super(message, { cause });
        this.sent = sent;
    }
}
/** 10,000 keys, the most that Neon recommends to have, are about 4 MB; a larger answer is not Neon's. */
const maxAnswerBytes = 16 * 1024 * 1024;
/**
 * Speaks HTTP with `api_host` and nobody else: redirects are answers, never followed, so the key goes nowhere else.
 * Undici's inner modules are imported because its index loads fetch, WebSocket, caches and mocks: 40 % of the start-up time.
 */
async function openTransport({ apiHost, apiKey, userAgent, env }) {
    const dispatcher = await openDispatcher(apiHost, env);
    const basePath = apiHost.pathname.replace(/\/$/, '');
    const headersOf = ({ body, requestId }) => ({
        authorization: `Bearer ${apiKey}`,
        accept: 'application/json',
        'user-agent': userAgent,
        'x-request-id': requestId,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    });
    async function exchange(asked) {
        const { method, path, body, timeoutMs, signal } = asked;
        // Not AbortSignal.timeout, which would let the process end before it fires.
        const timeLimit = new AbortController();
        const timer = setTimeout(() => timeLimit.abort(), timeoutMs);
        try {
            const response = await api_request.call(dispatcher, {
                origin: apiHost.origin,
                path: basePath + path,
                method,
                headers: headersOf(asked),
                body: body === undefined ? null : JSON.stringify(body),
                signal: signal ? AbortSignal.any([timeLimit.signal, signal]) : timeLimit.signal,
            });
            return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
        }
        catch (error) {
            if (signal?.aborted)
                throw new NoAnswer('the step was cancelled before the answer came', true, error);
            if (timeLimit.signal.aborted)
                throw new NoAnswer(`no answer within ${timeoutMs / 1000} s`, true, error);
            throw toNoAnswer(error);
        }
        finally {
            clearTimeout(timer);
        }
    }
    return { exchange, close: () => dispatcher.close() };
}
async function openDispatcher(apiHost, env) {
    const options = {
        allowH2: false,
        connections: 8,
        maxResponseSize: maxAnswerBytes,
        headersTimeout: 0,
        bodyTimeout: 0,
    };
    const proxy = (0,lib_proxy/* proxyFor */.i)(apiHost, env);
    if (!proxy)
        return new pool(apiHost.origin, options);
    const { openProxy } = await Promise.all(/* import() */[__webpack_require__.e(648), __webpack_require__.e(944)]).then(__webpack_require__.bind(__webpack_require__, 2944));
    return openProxy(proxy, (0,lib_proxy/* noProxy */.A)(env), options);
}
/** Failures to connect: the request was never written. Codes of Node's and of undici's documentation. */
const notSent = new Set([
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EAI_AGAIN',
    'ENOTFOUND',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_PRX_TLS',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'ERR_TLS_CERT_ALTNAME_INVALID',
]);
/** @param error what undici threw; only what surely failed to connect counts as not sent */
function toNoAnswer(error) {
    const { code, message, syscall } = firstCause(error);
    const sent = !(isConnectFailure(error, code, syscall) || /^Proxy response \(/.test(message));
    return new NoAnswer([code, message].filter(Boolean).join(': '), sent, error);
}
/** Addresses were tried and none answered, or the code says so, unless a connection broke while it was in use. */
function isConnectFailure(error, code, syscall) {
    if (error instanceof AggregateError || syscall === 'connect' || syscall === 'getaddrinfo')
        return true;
    return notSent.has(code) && syscall !== 'read' && syscall !== 'write';
}
/** An AggregateError (one error an address tried) has no message of its own. */
function firstCause(error) {
    const inner = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
    const { code, message, syscall } = inner;
    return { code: asText(code), message: asText(message), syscall: asText(syscall) };
}
function asText(value) {
    return typeof value === 'string' ? value : '';
}

;// CONCATENATED MODULE: ./build/neon/requests.js





/**
 * @returns a function that throws NeonError when there is no usable answer, and the reason of `cancelled` when
 * that came before the request left.
 */
function createRequester(options) {
    const { clock, retry, limit, cancelled, deadline = Number.POSITIVE_INFINITY } = options;
    let credential;
    const timeLeft = () => deadline - clock.now();
    async function attempt(asked) {
        await limit(cancelled);
        await asked.limit?.(cancelled);
        cancelled?.throwIfAborted();
        return exchangeOnce(asked, options, Math.min(options.timeoutMs, timeLeft()));
    }
    function waitFor(asked, { facts }, attempts) {
        if (!asked.idempotent || cancelled?.aborted)
            return undefined;
        const wait = (0,neon_retry/* waitBeforeRetry */.jy)(facts, attempts, options.random(), retry);
        return wait !== undefined && wait < timeLeft() ? wait : undefined;
    }
    async function hintFor(error, asked) {
        if (!isRefusedKey(error))
            return hintWithoutKey(error, asked);
        if (!cancelled?.aborted && timeLeft() > 0)
            credential ??= whichCredential(options);
        return `${(await credential) ?? ''}${asked.operationId} needs ${asked.needs}.`;
    }
    return async function send(asked) {
        let maybeDone = false;
        for (let attempts = 1;; attempts += 1) {
            try {
                return await attempt(asked);
            }
            catch (error) {
                if (!(error instanceof errors/* NeonError */.T))
                    throw error;
                const wait = waitFor(asked, error, attempts);
                if (wait === undefined)
                    throw error.with({ attempts, maybeDone, hint: await hintFor(error, asked) });
                maybeDone ||= error.facts.kind !== 'not-done';
                options.debug(`${error.message} Next attempt in ${Math.round(wait)} ms.`);
                await clock.sleep(wait, cancelled);
            }
        }
    };
}
async function exchangeOnce(asked, options, timeoutMs) {
    const { operationId, method, path, body } = asked;
    const requestId = options.newRequestId();
    const started = options.clock.now();
    const fail = (kind, reason, more = {}, cause) => new errors/* NeonError */.T({ operationId, method, path, kind, reason, requestId, ...more }, cause);
    if (timeoutMs <= 0)
        throw fail('not-done', 'no time is left');
    let answer;
    try {
        const exchange = { method, path, requestId, timeoutMs };
        if (body !== undefined)
            exchange.body = body;
        if (options.abandoned)
            exchange.signal = options.abandoned;
        answer = await options.transport.exchange(exchange);
    }
    catch (error) {
        if (!(error instanceof NoAnswer))
            throw error;
        throw fail(error.sent ? 'unknown' : 'not-done', (0,lib_text/* oneLine */.TN)(error.message), {}, error);
    }
    options.debug(`${method} ${path}: ${answer.status} in ${options.clock.now() - started} ms (request id ${requestId})`);
    const parsed = tryParse(answer.text);
    if (answer.status < 300) {
        const value = asked.read(parsed);
        if (value === undefined)
            throw fail('unknown', 'the answer is not what this endpoint answers', { status: answer.status });
        return value;
    }
    const retryAfterMs = (0,neon_retry/* parseRetryAfter */.mu)(single(answer.headers['retry-after']), options.clock.now());
    throw fail(kindOf(answer.status, parsed), reasonOf(answer, parsed), {
        status: answer.status,
        ...errorBody(parsed),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
}
function tryParse(text) {
    try {
        return (0,json/* parseJson */.q)(text);
    }
    catch {
        return undefined;
    }
}
function single(header) {
    return Array.isArray(header) ? header[0] : header;
}
/**
 * By Neon's OpenAPI document, GeneralError; 429 is a refusal before any work (RFC 6585). Other refusals count only in
 * Neon's own words: a gateway may block the answer to what was carried out.
 */
function kindOf(status, parsed) {
    if (status === 423 || status === 429)
        return 'not-done';
    if (status === 503)
        return 'unavailable';
    if (status >= 500 || status === 408)
        return 'unknown';
    return messageOf(parsed) === '' ? 'unknown' : 'refused';
}
/** @returns `message` of Neon's error body, '' when the body is none: a gateway's JSON has no `code` beside it */
function messageOf(parsed) {
    const { code, message } = (parsed ?? {});
    return typeof code === 'string' && typeof message === 'string' ? (0,lib_text/* oneLine */.TN)(message) : '';
}
function errorBody(parsed) {
    const { code, request_id: requestId } = (parsed ?? {});
    return {
        ...(typeof code === 'string' && code !== '' ? { code: (0,lib_text/* oneLine */.TN)(code) } : {}),
        ...(typeof requestId === 'string' && requestId !== '' ? { requestId: (0,lib_text/* oneLine */.TN)(requestId) } : {}),
    };
}
function reasonOf({ status, headers }, parsed) {
    const location = single(headers['location']);
    if (status < 400 && location !== undefined)
        return `a redirect to ${(0,lib_text/* oneLine */.TN)(location)}, which is not followed with the key`;
    const message = messageOf(parsed);
    return message === '' ? 'an answer that is not in the form of Neon' : `"${message}"`;
}
/** Neon refuses some kinds of key with 404 and these words, seen at GET /users/me and /projects/{project_id}. */
function isRefusedKey({ facts: { kind, status, reason } }) {
    if (kind !== 'refused')
        return false;
    return status === 401 || status === 403 || (status === 404 && reason.startsWith('"not allowed '));
}
const refusedKey = 'Neon does not accept the key in `api_key` at all: it was revoked, mistyped, or belongs to another `api_host`. ';
const kindsOfKey = new Map([
    ['api_key_user', 'The key in `api_key` is a personal API key, so its owner lacks the right. '],
    ['api_key_org', 'The key in `api_key` is an organization API key, or scoped to a project. '],
]);
/**
 * Asks what kind of key is in use (AuthDetailsResponse).
 * @returns a sentence for an error message, or '' when Neon does not tell
 */
async function whichCredential(options) {
    const ask = {
        operationId: 'getAuthDetails',
        method: 'GET',
        path: '/auth',
        read: (body) => kindsOfKey.get(body?.auth_method) ?? '',
    };
    try {
        return await exchangeOnce(ask, options, Math.min(options.timeoutMs, 5000));
    }
    catch (error) {
        return error instanceof errors/* NeonError */.T && error.facts.status === 401 ? refusedKey : '';
    }
}
const hints = {
    refused: '',
    unavailable: 'Neon is not available right now (https://neonstatus.com): run this job again later.',
    'not-done': 'Nothing was sent. Check `api_host`, the network, and HTTPS_PROXY and NO_PROXY of the runner.',
    unknown: 'Check `api_host`, and what stands between this runner and Neon.',
};
const hintsByStatus = {
    423: 'Neon has locked the resource while another operation runs: run this job again when that is done.',
    429: 'Neon allows 700 requests a minute an account: let fewer jobs start at once, or run this one again in a minute.',
};
function hintWithoutKey({ facts: { kind, status = 0 } }, asked) {
    if (kind === 'refused' && status === 404)
        return asked.checkWhenNotFound;
    if (status >= 300 && status < 400)
        return 'Set `api_host` to the address that answers itself.';
    if (kind === 'unknown' && asked.method !== 'GET')
        return `Whether Neon carried it out is not known. ${hints.unknown}`;
    return hintsByStatus[status] ?? hints[kind];
}

;// CONCATENATED MODULE: ./build/neon/connect.js







/** Opens Neon's API for one organization with one key. */
async function connectNeon(options) {
    const { apiHost, apiKey, orgId, clock, env } = options;
    const transport = await openTransport({ apiHost, apiKey, env, userAgent: version/* userAgent */.N });
    const { exchange, now } = noteTime(transport, clock);
    const send = createRequester({
        retry: neon_retry/* defaultRetry */.iU,
        ...options,
        transport: { ...transport, exchange },
        newRequestId: external_node_crypto_.randomUUID,
        limit: rateLimit(clock, overall.perSecond, overall.burst),
    });
    const limitCreating = rateLimit(clock, creatingKeys.perSecond, creatingKeys.burst);
    return { neon: { now, ...(0,endpoints/* neonEndpoints */.bH)(send, orgId, limitCreating) }, close: transport.close };
}
/** Neon says when its keys were made: how old they are is told by its own clock, not by that of a runner. */
function noteTime({ exchange }, clock) {
    let ahead = 0;
    const noted = async (asked) => {
        const answer = await exchange(asked);
        const date = Date.parse(String(answer.headers['date']));
        if (!Number.isNaN(date))
            ahead = date - clock.now();
        return answer;
    };
    return { exchange: noted, now: () => clock.now() + ahead };
}


/***/ }),

/***/ 183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jj: () => (/* binding */ asNeonWroteIt),
/* harmony export */   Tu: () => (/* binding */ readOnly),
/* harmony export */   bH: () => (/* binding */ neonEndpoints)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(666);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5495);


/** Neon for whoever only plans: an object that has nothing to write with. */
function readOnly(neon) {
    const { now, getAuthDetails, getOrganization, listOrgApiKeys, getCurrentUserInfo } = neon;
    const { getOrganizationMembers, getOrganizationMember, getOrganizationInvitations } = neon;
    return {
        now,
        getAuthDetails,
        getOrganization,
        listOrgApiKeys,
        getCurrentUserInfo,
        getOrganizationMembers,
        getOrganizationMember,
        getOrganizationInvitations,
    };
}
// Neon documentation, "Manage API keys" (June 2026): who can create, and "Who can revoke keys".
const adminKey = 'the personal API key of an organization admin';
const anyKey = 'a personal API key of a member of the organization, or an organization API key that is not scoped to a project';
const personalKey = 'a personal API key';
const checkOrganization = 'Check `org_id`: this organization does not exist, or the owner of the key is not in it.';
const checkMember = 'Check `org_id` and the id of the member: there is no such member in this organization.';
/** The most that Neon allows (OpenAPI document). */
const membersOnAPage = 500;
/**
 * @param orgId checked to match `^[a-z0-9-]{1,60}$`: it becomes part of a path
 * @param limitCreating the extra limit of createOrgApiKey
 */
function neonEndpoints(send, orgId, limitCreating) {
    const organization = `/organizations/${orgId}`;
    const members = `${organization}/members`;
    const memberPath = (id) => `${members}/${inPath(id)}`;
    const reading = { method: 'GET', idempotent: true, needs: anyKey, checkWhenNotFound: checkOrganization };
    return {
        getOrganization: () => send({ ...reading, operationId: 'getOrganization', path: organization, read: asObject }),
        listOrgApiKeys: () => send({ ...reading, operationId: 'listOrgApiKeys', path: `${organization}/api_keys`, read: asKeys }),
        getOrganizationMembers: () => allPages((cursor) => send({
            ...reading,
            operationId: 'getOrganizationMembers',
            path: `${members}?limit=${membersOnAPage}&sort_by=joined_at&sort_order=asc${cursor && `&cursor=${inPath(cursor)}`}`,
            read: asMembersPage,
        })),
        getOrganizationMember: (memberId) => send({
            ...reading,
            operationId: 'getOrganizationMember',
            path: memberPath(memberId),
            checkWhenNotFound: checkMember,
            read: asMember,
        }),
        getOrganizationInvitations: () => send({
            ...reading,
            operationId: 'getOrganizationInvitations',
            path: `${organization}/invitations`,
            read: asInvitations,
        }),
        getCurrentUserInfo: () => send({
            ...reading,
            operationId: 'getCurrentUserInfo',
            path: '/users/me',
            needs: personalKey,
            checkWhenNotFound: '',
            read: (body) => (hasTexts(body, 'id', 'email') ? body : undefined),
        }),
        createOrganizationInvitations: (invitations) => send({
            operationId: 'createOrganizationInvitations',
            method: 'POST',
            path: `${organization}/invitations`,
            body: { invitations },
            idempotent: false,
            needs: adminKey,
            checkWhenNotFound: checkOrganization,
            read: asInvitations,
        }),
        updateOrganizationMember: (memberId, role) => send({
            operationId: 'updateOrganizationMember',
            method: 'PATCH',
            path: memberPath(memberId),
            body: { role },
            idempotent: true,
            needs: adminKey,
            checkWhenNotFound: checkMember,
            // Only an answer about this member that says so counts.
            read: (body) => {
                const member = asMember(body);
                return member?.id === memberId && member.role === role ? member : undefined;
            },
        }),
        removeOrganizationMember: async (memberId) => {
            await send({
                operationId: 'removeOrganizationMember',
                method: 'DELETE',
                path: memberPath(memberId),
                idempotent: true,
                needs: adminKey,
                checkWhenNotFound: checkMember,
                read: asObject,
            });
        },
        getAuthDetails: () => send({
            operationId: 'getAuthDetails',
            method: 'GET',
            path: '/auth',
            idempotent: true,
            needs: 'a key that is live',
            checkWhenNotFound: 'Check `api_host`.',
            read: asObject,
        }),
        createOrgApiKey: (key) => send({
            operationId: 'createOrgApiKey',
            method: 'POST',
            path: `${organization}/api_keys`,
            body: key,
            idempotent: false,
            needs: adminKey,
            checkWhenNotFound: 'Check `org_id` and `project_id`: one of them does not exist, or the owner of the key is not in the organization.',
            read: (body) => {
                const created = asKey(body);
                return created && isToken(created.key) ? created : undefined;
            },
            limit: limitCreating,
        }),
        revokeOrgApiKey: (keyId) => send({
            operationId: 'revokeOrgApiKey',
            method: 'DELETE',
            path: `${organization}/api_keys/${keyId}`,
            idempotent: true,
            needs: adminKey,
            checkWhenNotFound: checkOrganization,
            // Only an answer about this key that says so counts.
            read: (body) => {
                const revoked = asKey(body);
                return revoked?.id === keyId && revoked.revoked === true ? revoked : undefined;
            },
        }),
    };
}
/** Any text of Neon's, as one part of a path: half a character, which JSON can hold, makes `encodeURIComponent` throw. */
function inPath(text) {
    return encodeURIComponent(text.toWellFormed());
}
/** @throws NeonError when the pages have no end */
async function allPages(page) {
    const rows = new Map();
    const cursors = new Set();
    for (let cursor = '';;) {
        const { rows: some, next } = await page(cursor);
        for (const row of some)
            rows.set(row.member.id, row);
        if (next === '')
            return [...rows.values()];
        if (cursors.has(next))
            throw endlessPages();
        cursors.add(next);
        cursor = next;
    }
}
function endlessPages() {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .NeonError */ .T({
        operationId: 'getOrganizationMembers',
        method: 'GET',
        path: '/…/members',
        kind: 'unknown',
        reason: 'Neon gave the same cursor for the next page twice, so the list has no end',
        requestId: 'in the debug log',
    });
}
function asMembersPage(body) {
    const { members, pagination } = asObject(body) ?? {};
    const { next = '' } = asObject(pagination) ?? {};
    if (!Array.isArray(members) || typeof next !== 'string')
        return undefined;
    const sound = members.every((row) => asMember(row?.member) && hasTexts(row.user, 'email'));
    return sound ? { rows: members.map(withoutNull), next } : undefined;
}
/** Whoever was never deactivated may be told so by a null. */
function withoutNull({ member, user }) {
    const { deactivated_at, ...rest } = user;
    return { member, user: deactivated_at ? user : rest };
}
function asMember(body) {
    return hasTexts(body, 'id', 'user_id', 'role') ? body : undefined;
}
function asInvitations(body) {
    const { invitations } = asObject(body) ?? {};
    if (!Array.isArray(invitations))
        return undefined;
    const sound = invitations.every((one) => hasTexts(one, 'id', 'email', 'role', 'invited_at'));
    return sound ? invitations : undefined;
}
/** Whether the body is an object that has these texts. */
function hasTexts(body, ...names) {
    const object = asObject(body);
    return object !== undefined && names.every((name) => typeof object[name] === 'string' && object[name] !== '');
}
function asObject(body) {
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined;
}
/** What every key has, whatever else an answer lacks. */
function asKey(body) {
    const key = asObject(body);
    const id = asKeyId(key?.id);
    if (!key || id === undefined || typeof key.name !== 'string')
        return undefined;
    return { ...key, id, created_at: typeof key.created_at === 'string' ? key.created_at : '' };
}
/** A number, or what `parseJson` makes of one beyond 2^53. */
function asKeyId(id) {
    const exact = typeof id === 'number' ? Number.isSafeInteger(id) && id > 0 : /^[1-9]\d{15,18}$/.test(String(id));
    return exact && typeof id !== 'object' ? String(id) : undefined;
}
function asKeys(body) {
    if (!Array.isArray(body))
        return undefined;
    const keys = body.map((item) => {
        const key = asKey(item);
        // Neon never lists a token; should it begin to, nothing of it must get into an output.
        if (key)
            delete key.key;
        return key;
    });
    return keys.includes(undefined) ? undefined : keys;
}
/** Something that can stand in an Authorization header. */
function isToken(key) {
    return typeof key === 'string' && /^[\x21-\x7e]{16,}$/.test(key);
}
/** A key as Neon wrote it, with its id as a number again, however large. */
function asNeonWroteIt(key) {
    return { ...key, id: (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .jsonInteger */ .R)(key.id) };
}


/***/ }),

/***/ 666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ NeonError)
/* harmony export */ });
/**
 * A request that failed. Its message says what was asked, what came back (status, code, Neon's words, request id)
 * and what to do. It never holds the body of a good answer, which may carry a token.
 */
class NeonError extends Error {
    name = 'NeonError';
    facts;
    constructor(facts, cause) {
        super(describe(facts), { cause });
        this.facts = facts;
    }
    /** The same failure, with more to tell. */
    with(more) {
        return new NeonError({ ...this.facts, ...more }, this.cause);
    }
}
const verdicts = {
    refused: 'was refused',
    'not-done': 'was not done',
    unavailable: 'was not done',
    unknown: 'got no usable answer',
};
function describe({ operationId, method, path, kind, status, code, reason, requestId, attempts = 1, hint, }) {
    const answer = [status, code, reason].filter((part) => part !== undefined && part !== '').join(' ');
    const tried = attempts > 1 ? `, tried ${attempts} times` : '';
    const line = `${operationId} (${method} ${path}) ${verdicts[kind]}: ${answer} (request id ${requestId}${tried}).`;
    return hint ? `${line}\n${hint}` : line;
}


/***/ }),

/***/ 5495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ jsonInteger),
/* harmony export */   q: () => (/* binding */ parseJson)
/* harmony export */ });
const exactIntegers = (_key, value, { source }) => !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source) ? source : value;
/**
 * Parses JSON; an integer beyond 2^53 comes out as its decimal text, because as a number it would name another key
 * (ids are int64 in Neon's OpenAPI document).
 * @throws SyntaxError
 */
function parseJson(text) {
    return JSON.parse(text, exactIntegers);
}
/** Writes the decimal text of an int64 as the JSON number that Neon sent, exact beyond 2^53. */
function jsonInteger(text) {
    return JSON.rawJSON(text);
}


/***/ }),

/***/ 9267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   iU: () => (/* binding */ defaultRetry),
/* harmony export */   jy: () => (/* binding */ waitBeforeRetry),
/* harmony export */   mu: () => (/* binding */ parseRetryAfter)
/* harmony export */ });
const defaultRetry = { attempts: 5, longestWaitMs: 30_000 };
const firstWaitMs = 500;
const longestBackoffMs = 8000;
/**
 * How long to wait before a failed request is sent again; only for requests whose repetition does no harm.
 * @param attempt how often it was sent so far
 * @param random a number in [0, 1)
 * @returns milliseconds; undefined: give up
 */
function waitBeforeRetry(facts, attempt, random, policy) {
    const { kind, status = 0 } = facts;
    if (kind === 'refused' || attempt >= policy.attempts)
        return undefined;
    // A redirect is the same the next time.
    if (status >= 300 && status < 400)
        return undefined;
    if (facts.retryAfterMs !== undefined) {
        return facts.retryAfterMs <= policy.longestWaitMs ? facts.retryAfterMs : undefined;
    }
    const ceiling = Math.min(firstWaitMs * 2 ** (attempt - 1), longestBackoffMs, policy.longestWaitMs);
    // Half fixed, half random: jobs that were refused together do not come back together, nor at once.
    return ceiling / 2 + (random * ceiling) / 2;
}
/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, 10.2.3).
 * @param now milliseconds since the epoch
 * @returns milliseconds from now, never negative; undefined when it says neither
 */
function parseRetryAfter(header, now) {
    if (header === undefined)
        return undefined;
    if (/^\d+$/.test(header))
        return Number(header) * 1000;
    // Date.parse reads much more as a date than HTTP does: -5 is one.
    const date = /\bGMT$/.test(header) ? Date.parse(header) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}


/***/ }),

/***/ 6717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RI: () => (/* binding */ checkRunner),
/* harmony export */   ji: () => (/* binding */ createRunner)
/* harmony export */ });
/* unused harmony export encodedForms */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9635);
/* harmony import */ var _node_modules_actions_core_lib_file_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2902);
/* harmony import */ var _lib_email_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3520);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4869);
// The toolkit's own commands, without its index: that loads an OIDC client, and with it all of undici, at every start.





/**
 * Checks that there is where this action says what it does, before it does anything.
 * @throws Error when it does not run as GitHub's runner starts it
 */
function checkRunner(env, nodeVersion) {
    // Older ones cannot read the ids of keys exactly.
    if (Number.parseInt(nodeVersion, 10) < 24) {
        throw new Error(`This action needs Node 24, which runners from 2.327.1 bring; this is Node ${nodeVersion}.`);
    }
    const missing = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'].filter((name) => !(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(env[name] ?? ''));
    if (missing.length > 0) {
        throw new Error(`${missing.join(', ')} must be the path of a file that GitHub's runner makes and reads.`);
    }
}
/** Shorter encoded forms are words of everyday logs: hiding them would make logs unreadable. */
const shortestForm = 8;
function createRunner() {
    // A log that nobody reads any more must not end a step that has a key to revoke.
    process.stdout.on('error', () => { });
    const secrets = new Set();
    let hide = _lib_email_js__WEBPACK_IMPORTED_MODULE_3__/* .maskEmails */ ._g;
    const redact = (text) => {
        let clean = text;
        // The longest first: one secret may be the beginning of another.
        for (const secret of [...secrets].sort((a, b) => b.length - a.length))
            clean = clean.replaceAll(secret, '***');
        return clean;
    };
    /** What people read. */
    const readable = (text) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(hide(redact(text)));
    const annotate = (level, message) => (0,_node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__/* .issueCommand */ .L)(level, {}, readable(message).slice(0, 4096));
    const print = (line) => process.stdout.write(`${disarm(readable(line))}\n`);
    return {
        mask(secret) {
            if (secret === '')
                return;
            for (const form of [secret, ...encodedForms(secret)]) {
                (0,_node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__/* .issueCommand */ .L)('add-mask', {}, form);
                secrets.add(form).add((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .entities */ .O5)(form));
            }
        },
        showEmails() {
            hide = (text) => text;
        },
        debug: (line) => (0,_node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__/* .issueCommand */ .L)('debug', {}, readable(line)),
        info: print,
        notice: (message) => annotate('notice', message),
        warning: (message) => annotate('warning', message),
        fail(message) {
            process.exitCode = 1;
            annotate('error', message);
        },
        async group(title, work) {
            (0,_node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__/* .issueCommand */ .L)('group', {}, readable(title));
            try {
                return await work();
            }
            finally {
                (0,_node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__/* .issueCommand */ .L)('endgroup', {}, '');
            }
        },
        setOutput: (name, value) => (0,_node_modules_actions_core_lib_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .issueFileCommand */ .n)('OUTPUT', (0,_node_modules_actions_core_lib_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .prepareKeyValueMessage */ .v)(name, value)),
        exportVariable: (name, value) => (0,_node_modules_actions_core_lib_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .issueFileCommand */ .n)('ENV', (0,_node_modules_actions_core_lib_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .prepareKeyValueMessage */ .v)(name, value)),
        saveState: (name, value) => (0,_node_modules_actions_core_lib_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .issueFileCommand */ .n)('STATE', (0,_node_modules_actions_core_lib_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .prepareKeyValueMessage */ .v)(name, redact(value))),
        appendSummary(markdown) {
            // Some runners have no summaries, and disks are full at times: no reason to fail a step that did its work.
            try {
                if (process.env['GITHUB_STEP_SUMMARY'])
                    (0,_node_modules_actions_core_lib_file_command_js__WEBPACK_IMPORTED_MODULE_2__/* .issueFileCommand */ .n)('STEP_SUMMARY', readable(markdown));
            }
            catch (error) {
                annotate('warning', `The job summary could not be written: ${error.message}`);
            }
        },
    };
}
/** The runner takes a line that begins with `::`, or has `##[` anywhere, for a command: a text must not be one. */
function disarm(text) {
    // U+0085 is white space to the runner (.NET), and not to JavaScript.
    return text.replace(/^([\s\u0085]*)::/gm, '$1\u200b::').replaceAll('##[', '##\u200b[');
}
/**
 * The encodings in which a secret commonly leaks and which the runner does not derive itself: hex, base64url, and
 * base64 in the middle of more text. Base64 works on groups of three bytes, so of each of the three ways in which the
 * secret can lie in the groups, the part is taken that does not depend on its neighbours.
 */
function encodedForms(secret) {
    const bytes = Buffer.from(secret);
    const forms = new Set([bytes.toString('hex'), bytes.toString('hex').toUpperCase()]);
    for (const skip of [0, 1, 2]) {
        const whole = bytes.subarray(skip, bytes.length - ((bytes.length - skip) % 3));
        forms.add(whole.toString('base64')).add(whole.toString('base64url'));
    }
    forms.add(Buffer.from(`${secret}:`).toString('base64'));
    forms.delete('');
    return [...forms].filter((form) => form.length >= shortestForm && form !== secret);
}


/***/ }),

/***/ 1134:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   Ix: () => (/* binding */ facts),
/* harmony export */   KW: () => (/* binding */ age),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   kB: () => (/* binding */ time),
/* harmony export */   mW: () => (/* binding */ fitSummary),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* harmony import */ var _lib_email_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3520);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4869);


/** GitHub drops a step's summary that is larger than 1 MiB as a whole. */
const maxSummaryBytes = 1024 * 1024 - 1024;
/** Text that came from outside, as code: nothing in it is Markdown, HTML, a link, a mention or, by default, an address. */
function code(text, shown = _lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .maskEmails */ ._g) {
    const line = shown((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text));
    if (line === '')
        return '';
    // In a code span all is literal but the backtick, and in a table the pipe and its backslash.
    return /[`|\\]/.test(line) ? `<code>${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .entities */ .O5)(line)}</code>` : `\`${line}\``;
}
/** Text that came from outside; nothing in it is Markdown, HTML, a link, a mention or, by default, an address. */
function plain(text, shown = _lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .maskEmails */ ._g) {
    return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .entities */ .O5)(shown((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text)));
}
/** A sentence of ours, with code in backticks. What came from outside may be in it: neither part lets it become more. */
function prose(text, shown = _lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .maskEmails */ ._g) {
    const parts = shown((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text)).split('`');
    return parts.map((part, index) => (index % 2 === 0 ? (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .entities */ .O5)(part) : code(part, shown))).join('');
}
/** An ISO 8601 time as `2026-11-24 03:50 UTC`; what is none stays as it is. */
function time(iso) {
    const date = new Date(iso);
    return Number.isNaN(date.getTime()) ? plain(iso) : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
/** Milliseconds as people say them: `3 d`, `5 h`, `12 min`, with a space at which no line breaks. */
function age(ms) {
    const minutes = Math.max(0, Math.floor(ms / 60_000));
    if (Number.isNaN(minutes))
        return 'unknown';
    if (minutes < 120)
        return `${minutes}\u00a0min`;
    return minutes < 48 * 60 ? `${Math.floor(minutes / 60)}\u00a0h` : `${Math.floor(minutes / 1440)}\u00a0d`;
}
/** A table of cells that are Markdown already. */
function table(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
/** A table of facts, one a line, the first as its head. */
function facts([first, ...rest]) {
    return table(first, rest.map(([name, value]) => [`**${name}**`, value]));
}
/** A summary that GitHub will show: cut at a line's end, and saying so, when it is too long. */
function fitSummary(markdown) {
    if (Buffer.byteLength(markdown) <= maxSummaryBytes)
        return markdown;
    let used = 0;
    const lines = markdown.trimEnd().split('\n');
    const fitting = lines.findIndex((line) => {
        used += Buffer.byteLength(line) + 1;
        return used > maxSummaryBytes;
    });
    return `${lines.slice(0, fitting).join('\n')}\n\n… and ${lines.length - fitting} lines more, which GitHub's limit of 1 MiB leaves no room for.\n`;
}


/***/ })

};
