export const id = 451;
export const ids = [451];
export const modules = {

/***/ 6583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HA: () => (/* binding */ defaultOf),
/* harmony export */   I1: () => (/* binding */ declarations),
/* harmony export */   XD: () => (/* binding */ isKeyless),
/* harmony export */   mw: () => (/* binding */ required),
/* harmony export */   qj: () => (/* binding */ operationNames),
/* harmony export */   ue: () => (/* binding */ shared),
/* harmony export */   vj: () => (/* binding */ inputNames),
/* harmony export */   zm: () => (/* binding */ operationInputs)
/* harmony export */ });
/* harmony import */ var _lib_api_url_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4664);
/* harmony import */ var _runner_mode_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6412);
/* harmony import */ var _parsers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5272);



const declarations = {
    operation: { parse: (text) => text },
    api_key: { secret: true, parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .token */ .Sh },
    org_id: { parse: (0,_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .identifier */ .Cv)('an organization ID such as org-sunny-meadow-12345678') },
    broker_url: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .brokerUrl */ .fd },
    api_host: { default: 'https://console.neon.tech/api/v2', parse: _lib_api_url_js__WEBPACK_IMPORTED_MODULE_1__/* .parseApiUrl */ .nV },
    timeout: { default: '30s', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .timeLimit */ .zc },
    summary: { default: 'true', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM },
    show_emails: { default: 'false', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM },
    github_token: { default: '${{ github.token }}', secret: true, parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .githubToken */ .bU },
    github_api_url: { default: '${{ github.api_url }}', parse: _lib_api_url_js__WEBPACK_IMPORTED_MODULE_1__/* .parseApiUrl */ .nV },
    mode: { default: 'auto', parse: (0,_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)(..._runner_mode_js__WEBPACK_IMPORTED_MODULE_2__/* .modes */ .nI) },
    project_id: { parse: (0,_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .identifier */ .Cv)('a project ID such as cool-river-87654321') },
    scope: { default: 'project', parse: (0,_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('project', 'organization', 'account') },
    key_name: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .label */ .Pf },
    lifetime: { default: 'job', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .keyLifetime */ .Bl },
    secret_name: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .secretName */ .Gf },
    secret_scope: { default: 'repository', parse: (0,_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('repository', 'environment', 'organization') },
    secret_environment: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .environmentName */ .VE },
    export_env: { default: 'false', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM },
    on_revoke_failure: { default: 'fail', parse: (0,_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('fail', 'warn') },
    key_id: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .keyIds */ .Ms },
    created_by: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .creator */ .xL },
    max_age: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .maxAge */ .yy },
    repositories: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .repositories */ .bN },
    on_doubt: { default: 'warn', parse: (0,_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('warn', 'fail') },
    grace: { default: '24h', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0 },
    emails: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .invitees */ .cV },
    role: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .role */ .JC },
    reinvite: { default: 'false', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM },
    member_id: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .memberId */ .IK },
    email: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .email */ .Rp },
    codeowners_path: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryPath */ .SH },
    people_file: { default: '.github/neon-people.yml', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryPath */ .SH },
    identity_sources: { default: 'people-file', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .identitySourceList */ .md },
    allowed_domains: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .domains */ .C5 },
    exclude: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .exclusions */ .Gu },
    on_unresolved: { default: 'warn', parse: (0,_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('warn', 'fail', 'ignore') },
    max_invitations: { default: '25', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .cap */ .Np },
    max_role_changes: { default: '10', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .cap */ .Np },
    max_removals: { default: '0', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .cap */ .Np },
    protected_emails: { parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .emailList */ .n },
    comment: { default: 'false', parse: _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM },
};
const inputNames = Object.keys(declarations);
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
const required = ['operation', 'api_key', 'org_id'];
const secret = ['secret_name', 'secret_scope', 'secret_environment'];
const people = [
    'mode',
    'repositories',
    'codeowners_path',
    'people_file',
    'identity_sources',
    'role',
    'allowed_domains',
    'exclude',
    'max_invitations',
    'on_unresolved',
    'reinvite',
    'comment',
];
const operationInputs = {
    'create-key': [
        'broker_url',
        'project_id',
        'scope',
        'key_name',
        'lifetime',
        'export_env',
        'on_revoke_failure',
        ...secret,
    ],
    'revoke-key': ['key_id', 'key_name', ...secret],
    'list-keys': ['key_name', 'created_by'],
    'sweep-keys': ['mode', 'max_age', 'repositories', 'on_doubt', 'comment'],
    'rotate-key': [...secret, 'project_id', 'scope', 'grace', 'on_revoke_failure'],
    invite: ['mode', 'emails', 'role', 'reinvite'],
    'list-invitations': [],
    'sync-invitations': people,
    'list-members': ['identity_sources'],
    'get-member': ['member_id', 'email'],
    'update-member': ['mode', 'member_id', 'email', 'role'],
    'remove-member': ['mode', 'member_id', 'email'],
    'sync-members': [...people, 'max_role_changes', 'max_removals', 'protected_emails'],
    'get-organization': [],
};
const operationNames = Object.keys(operationInputs);
function isKeyless(inputs) {
    return 'broker_url' in inputs;
}
function defaultOf(name) {
    return declarations[name].default;
}


/***/ }),

/***/ 5272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bl: () => (/* binding */ keyLifetime),
/* harmony export */   C5: () => (/* binding */ domains),
/* harmony export */   Cv: () => (/* binding */ identifier),
/* harmony export */   Gf: () => (/* binding */ secretName),
/* harmony export */   Gu: () => (/* binding */ exclusions),
/* harmony export */   IK: () => (/* binding */ memberId),
/* harmony export */   JC: () => (/* binding */ role),
/* harmony export */   Ms: () => (/* binding */ keyIds),
/* harmony export */   Np: () => (/* binding */ cap),
/* harmony export */   Pf: () => (/* binding */ label),
/* harmony export */   Rp: () => (/* binding */ email),
/* harmony export */   SH: () => (/* binding */ repositoryPath),
/* harmony export */   Sh: () => (/* binding */ token),
/* harmony export */   VE: () => (/* binding */ environmentName),
/* harmony export */   bN: () => (/* binding */ repositories),
/* harmony export */   bU: () => (/* binding */ githubToken),
/* harmony export */   bs: () => (/* binding */ shortestSecret),
/* harmony export */   cV: () => (/* binding */ invitees),
/* harmony export */   fd: () => (/* binding */ brokerUrl),
/* harmony export */   md: () => (/* binding */ identitySourceList),
/* harmony export */   n: () => (/* binding */ emailList),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   ry: () => (/* binding */ splitList),
/* harmony export */   xL: () => (/* binding */ creator),
/* harmony export */   yL: () => (/* binding */ oneOf),
/* harmony export */   yy: () => (/* binding */ maxAge),
/* harmony export */   zM: () => (/* binding */ boolean),
/* harmony export */   zc: () => (/* binding */ timeLimit)
/* harmony export */ });
/* harmony import */ var _lib_api_url_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4664);
/* harmony import */ var _lib_email_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3520);
/* harmony import */ var _members_owner_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7987);
/* harmony import */ var _members_roles_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8137);




const shortestSecret = 16;
function token(text) {
    if (text.length < shortestSecret)
        throw new Error('is too short to be a Neon API key');
    if (!/^[\x21-\x7e]+$/.test(text))
        throw new Error('contains white space or characters that are not allowed in a Neon API key. Paste only the key');
    return text;
}
function githubToken(text) {
    if (!/^[\x21-\x7e]+$/.test(text))
        throw new Error('contains white space or characters that are not allowed in a GitHub token');
    return text;
}
function identifier(what) {
    return (text) => {
        if (!/^[a-z0-9-]{1,60}$/.test(text))
            throw new Error(`must be ${what} (lower-case letters, digits and hyphens)`);
        return text;
    };
}
const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 };
function seconds(text) {
    const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    return Number(count) * (unitSeconds[unit ?? ''] ?? Number.NaN);
}
function timeLimit(text) {
    const limit = seconds(text);
    if (!(limit >= 1 && limit <= 600))
        throw new Error('must be a duration from 1s to 10m, such as 30s');
    return limit * 1000;
}
const longestSeconds = 3650 * 86_400;
function duration(text) {
    const length = seconds(text);
    if (!(length <= longestSeconds))
        throw new Error('must be a duration of at most 3650d, such as 90s, 15m, 24h or 7d');
    return length;
}
function maxAge(text) {
    const length = seconds(text);
    if (!(length >= 3600 && length <= longestSeconds))
        throw new Error('must be a duration from 1h to 3650d, such as 24h or 30d');
    return length;
}
function keyLifetime(text) {
    if (text === 'job' || text === 'pull-request' || text === 'manual')
        return text;
    const length = seconds(text);
    if (!(length >= 1 && length <= longestSeconds)) {
        throw new Error('must be `job`, `pull-request`, `manual`, or a duration such as 24h or 7d');
    }
    return { seconds: length };
}
function secretName(text) {
    if (!/^[A-Z_][A-Z0-9_]{0,99}$/i.test(text) || /^GITHUB_/i.test(text)) {
        throw new Error('must consist of at most 100 letters, digits and `_`, and must not start with a digit or GITHUB_');
    }
    return text;
}
function environmentName(text) {
    if (text.length > 255 || /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) {
        throw new Error('must be one line of at most 255 printable characters');
    }
    return text;
}
function repositories(text) {
    const names = splitList(text);
    if (names.length === 1 && names[0] === '*')
        return '*';
    const wrong = names.findIndex((name) => !/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/.test(name));
    if (wrong >= 0 || names.length === 0)
        throw new Error(`must be \`*\`, or a list of repositories such as octo-org/shop${wrong >= 0 ? `; entry ${wrong + 1} is invalid` : '; it is empty'}`);
    return names;
}
function splitList(text) {
    const items = text.split(/[\n,]/).map((item) => item.trim());
    return [...new Set(items.filter((item) => item !== ''))];
}
function boolean(text) {
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
            throw new Error(`must be ${alternatives(allowed)}`);
        return found;
    };
}
function alternatives(values) {
    const quoted = values.map((value) => `\`${value}\``);
    return [quoted.slice(0, -1).join(', '), ...quoted.slice(-1)].filter(Boolean).join(' or ');
}
function label(text) {
    if (/[A-Za-z0-9_]{30,}/.test(text))
        throw new Error('looks like an API key. It must be a name, because it is shown in logs and in Neon');
    if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text))
        throw new Error('must be one line of printable characters');
    return text;
}
const maxKeyId = 2n ** 63n - 1n;
function keyIds(text) {
    const ids = splitList(text);
    const wrong = ids.findIndex((id) => !/^[1-9]\d{0,18}$/.test(id) || BigInt(id) > maxKeyId);
    if (wrong >= 0)
        throw new Error(`must be a list of key IDs such as 1234567; entry ${wrong + 1} is invalid`);
    if (ids.length === 0)
        throw new Error('must be a list of key IDs such as 1234567; it is empty');
    return ids;
}
const role = oneOf(..._members_roles_js__WEBPACK_IMPORTED_MODULE_2__/* .roles */ .Ot);
function memberId(text) {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
        throw new Error('must be the ID of a member, which is a UUID');
    return text.toLowerCase();
}
function creator(text) {
    if (text.includes('@'))
        return email(text);
    try {
        return memberId(text);
    }
    catch {
        throw new Error('must be the e-mail address or the ID of a member, or the ID of a user');
    }
}
function email(text) {
    const address = (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .parseEmail */ .wj)(text);
    if (address === undefined)
        throw new Error('must be an e-mail address');
    return address;
}
function invitees(text) {
    const what = `e-mail addresses, each optionally followed by a space and a role (${alternatives(_members_roles_js__WEBPACK_IMPORTED_MODULE_2__/* .roles */ .Ot)})`;
    const entries = entriesOf(text, what, parseInvitee);
    const duplicateIndex = entries.findIndex((entry, index) => entries.findIndex((other) => other.email === entry.email) < index);
    if (duplicateIndex >= 0)
        throw new Error(`has a duplicate address in entry ${duplicateIndex + 1}`);
    if (entries.length === 0)
        throw new Error('is empty');
    return entries;
}
function parseInvitee(entry) {
    const [address = '', roleName, ...rest] = entry.split(/[ \t]+/);
    const read = (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .parseEmail */ .wj)(address);
    if (read === undefined || (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .isNoreply */ .i$)(read) || rest.length > 0)
        return undefined;
    if (roleName === undefined)
        return { email: read };
    const as = (0,_members_roles_js__WEBPACK_IMPORTED_MODULE_2__/* .parseRole */ .gP)(roleName);
    return as && { email: read, role: as };
}
function repositoryPath(text) {
    const parts = text.split('/');
    const isInvalid = parts.some((part) => part === '' || part === '.' || part === '..') || /[\p{Cc}\\]/u.test(text);
    if (isInvalid || text.length > 1000)
        throw new Error('must be the path of a file relative to the root of the repository, such as docs/CODEOWNERS');
    return text;
}
function identitySourceList(text) {
    return splitList(text).map(oneOf('people-file', 'saml', 'verified-domain', 'profile'));
}
function domains(text) {
    return entriesOf(text, 'domains such as example.com', _lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDomain */ .gR);
}
function emailList(text) {
    return entriesOf(text, 'e-mail addresses', _lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .parseEmail */ .wj);
}
function exclusions(text) {
    return entriesOf(text, 'logins, teams such as acme/platform, or e-mail addresses', _members_owner_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEntry */ .ER);
}
function entriesOf(text, what, parse) {
    return splitList(text).map((entry, index) => {
        const value = parse(entry);
        if (value === undefined)
            throw new Error(`must be a list of ${what}; entry ${index + 1} is invalid`);
        return value;
    });
}
function cap(text) {
    const [, number, sign] = /^(\d{1,6})(%?)$/.exec(text) ?? [];
    if (number === undefined || (sign && Number(number) > 100))
        throw new Error('must be a number such as 25, or a percentage of the members such as 20%');
    return sign ? { percent: Number(number) } : { count: Number(number) };
}
function brokerUrl(text) {
    (0,_lib_api_url_js__WEBPACK_IMPORTED_MODULE_3__/* .parseApiUrl */ .nV)(text);
    if (/\s/.test(text))
        throw new Error('must not contain spaces');
    return (0,_lib_api_url_js__WEBPACK_IMPORTED_MODULE_3__/* .withoutTrailingSlash */ .ae)(text);
}


/***/ }),

/***/ 8189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ko: () => (/* binding */ readInputs),
  _J: () => (/* binding */ readPostInputs),
  _y: () => (/* binding */ secretInputs)
});

// UNUSED EXPORTS: InputError

// EXTERNAL MODULE: ./build/inputs/declarations.js
var declarations = __webpack_require__(6583);
// EXTERNAL MODULE: ./build/inputs/parsers.js
var parsers = __webpack_require__(5272);
;// CONCATENATED MODULE: ./build/inputs/rules.js


const inputRules = {
    'create-key': (raw) => (raw('broker_url') ? brokerRule(raw) : directRule(raw)),
    'revoke-key': (raw) => raw('key_id') || raw('key_name') || raw('secret_name')
        ? secretRule(raw)
        : ['`key_id`, `key_name` or `secret_name` is required to identify the keys to revoke.'],
    'rotate-key': (raw) => [
        ...(raw('secret_name') ? [] : ['`secret_name` is required: the name of the secret that contains the key.']),
        ...accessRule(raw),
        ...secretRule(raw),
    ],
    invite: (raw) => [
        ...(raw('emails') ? [] : ['`emails` is required: the addresses to invite.']),
        ...defaultRoleRule(raw),
    ],
    'sync-invitations': syncRule,
    'list-members': (raw) => (0,parsers/* splitList */.ry)(raw('identity_sources')).includes('profile')
        ? [
            '`identity_sources: profile` cannot be used with `list-members`, because people choose the address in their profile themselves.',
        ]
        : [],
    'get-member': memberRule,
    'update-member': (raw) => [
        ...memberRule(raw),
        ...(raw('role') ? [] : ["`role` is required: the member's new role."]),
    ],
    'remove-member': memberRule,
    'sync-members': syncRule,
};
function syncRule(raw) {
    return [
        ...defaultRoleRule(raw),
        ...profileRule(raw),
        ...(raw('repositories') === '*'
            ? ['`repositories: *` is only for `sweep-keys`. List the repositories whose CODEOWNERS files to use.']
            : []),
    ];
}
function memberRule(raw) {
    const [id, address] = [raw('member_id'), raw('email')];
    if (id && address)
        return ['`member_id` and `email` cannot be used together.'];
    return id || address ? [] : ['`member_id` or `email` is required to identify the member.'];
}
function defaultRoleRule(raw) {
    return raw('role') === 'admin'
        ? ['`role: admin` cannot be the default. Assign `admin` per person in `emails` or the people file.']
        : [];
}
function profileRule(raw) {
    const readsProfiles = (0,parsers/* splitList */.ry)(raw('identity_sources')).includes('profile');
    return readsProfiles && !raw('allowed_domains') ? ['`identity_sources: profile` requires `allowed_domains`.'] : [];
}
function directRule(raw) {
    return [
        ...(raw('scope') === 'account' ? ['`scope: account` is only for `rotate-key`.'] : []),
        ...accessRule(raw),
        ...secretRule(raw),
        ...jobSecretRule(raw),
    ];
}
const excludedByBroker = [
    'api_key',
    'org_id',
    'api_host',
    'secret_name',
    'secret_scope',
    'secret_environment',
];
function brokerRule(raw) {
    const isSet = (name) => raw(name) !== '' && raw(name) !== (0,declarations/* defaultOf */.HA)(name);
    const excluded = excludedByBroker
        .filter(isSet)
        .map((name) => `\`broker_url\` and \`${name}\` cannot be used together.`);
    return [
        ...excluded,
        ...(isSet('scope')
            ? [
                `\`broker_url\` and \`scope: ${raw('scope')}\` cannot be used together, because a key broker creates keys for one project.`,
            ]
            : []),
        ...(isSet('lifetime')
            ? ['`broker_url` requires `lifetime: job`, because the policy of the broker limits how long a key is valid.']
            : []),
        ...(raw('project_id') ? [] : ['`project_id` is required: the key is limited to this project.']),
    ];
}
function accessRule(raw) {
    const scope = raw('scope');
    const wide = scope === 'organization' || scope === 'account';
    if (wide && raw('project_id'))
        return [`\`project_id\` and \`scope: ${scope}\` cannot be used together.`];
    if (wide || raw('project_id'))
        return [];
    return [
        '`project_id` is required: the key is limited to this project. For a key to every project, set `scope: organization`.',
    ];
}
function secretRule(raw) {
    const scoped = raw('secret_scope') === 'environment';
    const alone = !raw('secret_name') && (scoped || raw('secret_scope') === 'organization');
    return [
        ...(alone ? ['`secret_scope` has no effect without `secret_name`.'] : []),
        ...(scoped && !raw('secret_environment') ? ['`secret_scope: environment` requires `secret_environment`.'] : []),
        ...(!scoped && raw('secret_environment') ? ['`secret_environment` requires `secret_scope: environment`.'] : []),
    ];
}
function jobSecretRule(raw) {
    const job = ['', (0,declarations/* defaultOf */.HA)('lifetime')].includes(raw('lifetime'));
    return job && raw('secret_name')
        ? [
            '`secret_name` requires a `lifetime` other than `job`, because otherwise the secret would contain a revoked key after the job.',
        ]
        : [];
}

;// CONCATENATED MODULE: ./build/inputs/read.js



class InputError extends Error {
    name = 'InputError';
}
function secretInputs(env) {
    const names = declarations/* inputNames */.vj.filter((name) => declarations/* declarations */.I1[name].secret);
    return names.map((name) => rawInput(env, name)).filter((value) => value.length >= parsers/* shortestSecret */.bs);
}
async function readInputs(env, onWarning = () => { }) {
    const operation = rawInput(env, 'operation');
    if (!isOperation(operation)) {
        throw inputError('This step', [await unknownOperation(operation), ...parseInputs(env, declarations/* shared */.ue, declarations/* required */.mw).problems]);
    }
    const accepted = [...declarations/* shared */.ue, ...declarations/* operationInputs */.zm[operation]];
    const isKeyless = operation === 'create-key' && rawInput(env, 'broker_url') !== '';
    const { values, problems } = parseInputs(env, accepted, isKeyless ? [] : declarations/* required */.mw);
    problems.push(...(await unexpectedInputs(env, operation, ['operation', ...accepted], onWarning)));
    problems.push(...(inputRules[operation]?.((name) => rawInput(env, name)) ?? []));
    if (problems.length > 0)
        throw inputError(`\`${operation}\``, problems);
    return { operation, ...values };
}
function inputError(subject, problems) {
    const list = problems.map((problem) => `- ${problem}`).join('\n');
    return new InputError(`${subject} did not start because of invalid inputs. Nothing was sent.\n${list}`);
}
function parseInputs(env, names, needed) {
    const values = {};
    const problems = [];
    for (const name of names) {
        const raw = rawInput(env, name) || literalDefault(name);
        try {
            if (raw !== '')
                values[name] = declarations/* declarations */.I1[name].parse(raw);
            else if (needed.includes(name))
                problems.push(missing(name));
        }
        catch (error) {
            problems.push(`\`${name}\` ${error.message}.`);
        }
    }
    return { values, problems };
}
function readPostInputs(env) {
    const read = (name, parse) => {
        try {
            return parse(rawInput(env, name));
        }
        catch {
            return parse((0,declarations/* defaultOf */.HA)(name));
        }
    };
    return {
        apiKey: usableKey(rawInput(env, 'api_key')),
        timeoutMs: read('timeout', parsers/* timeLimit */.zc),
        warnOnly: rawInput(env, 'on_revoke_failure') === 'warn',
        summary: read('summary', parsers/* boolean */.zM),
    };
}
function usableKey(raw) {
    try {
        return (0,parsers/* token */.Sh)(raw);
    }
    catch {
        return '';
    }
}
function literalDefault(name) {
    const value = (0,declarations/* defaultOf */.HA)(name) ?? '';
    return value.startsWith('${{') ? '' : value;
}
function rawInput(env, name) {
    return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}
function isOperation(name) {
    return Object.hasOwn(declarations/* operationInputs */.zm, name);
}
async function unknownOperation(name) {
    const list = `The operations are ${declarations/* operationNames */.qj.join(', ')}.`;
    if (name === '')
        return `\`operation\` is required. ${list}`;
    const { didYouMean } = await __webpack_require__.e(/* import() */ 769).then(__webpack_require__.bind(__webpack_require__, 2769));
    return `\`operation\` is not a known operation${didYouMean(name, declarations/* operationNames */.qj)}. ${list}`;
}
async function unexpectedInputs(env, operation, accepted, onWarning) {
    const problems = [];
    for (const variable of Object.keys(env).filter((key) => key.startsWith('INPUT_'))) {
        const name = variable.slice('INPUT_'.length).toLowerCase();
        const value = rawInput(env, name);
        if (value === '' || accepted.includes(name))
            continue;
        if (!Object.hasOwn(declarations/* declarations */.I1, name)) {
            const { didYouMean } = await __webpack_require__.e(/* import() */ 769).then(__webpack_require__.bind(__webpack_require__, 2769));
            const suggestion = didYouMean(name, declarations/* inputNames */.vj);
            if (suggestion)
                problems.push(`\`${name}\` is not an input${suggestion}.`);
            else
                onWarning(`\`${name}\` is not an input and was ignored. It comes from \`with:\` or the variable ${variable}.`);
        }
        else if (value !== (0,declarations/* defaultOf */.HA)(name))
            problems.push(notAnInputOf(name, operation));
    }
    return problems;
}
function notAnInputOf(name, operation) {
    const acceptedBy = declarations/* operationNames */.qj.filter((other) => declarations/* operationInputs */.zm[other].includes(name));
    return `\`${name}\` is not an input of \`${operation}\`, only of ${acceptedBy.map((accepting) => `\`${accepting}\``).join(', ')}.`;
}
function missing(name) {
    if (name !== 'api_key')
        return `\`${name}\` is required.`;
    return '`api_key` is required. If it is set from a secret, the secret does not exist or is not available to this event, such as a pull request from a fork or from Dependabot.';
}


/***/ }),

/***/ 4664:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   ae: () => (/* binding */ withoutTrailingSlash),
/* harmony export */   nV: () => (/* binding */ parseApiUrl)
/* harmony export */ });
function parseApiUrl(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url)
        throw new Error('must be a URL that begins with https://');
    if (url.username || url.password || /[?#]/.test(text)) {
        throw new Error('must not contain a user, a password, a query or a fragment');
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
        throw new Error('must use https, because a secret is sent there (http is allowed only for loopback addresses)');
    }
    return url;
}
function isLoopback({ hostname }) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
function withoutTrailingSlash(url) {
    return url.replace(/\/+$/, '');
}


/***/ }),

/***/ 3520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IY: () => (/* binding */ addressKey),
/* harmony export */   Li: () => (/* binding */ lookOf),
/* harmony export */   Ow: () => (/* binding */ domainOf),
/* harmony export */   Qb: () => (/* binding */ localPartOf),
/* harmony export */   _g: () => (/* binding */ maskEmails),
/* harmony export */   bw: () => (/* binding */ mayLookAlike),
/* harmony export */   cp: () => (/* binding */ isUncertain),
/* harmony export */   gQ: () => (/* binding */ lowerCase),
/* harmony export */   gR: () => (/* binding */ parseDomain),
/* harmony export */   i$: () => (/* binding */ isNoreply),
/* harmony export */   oH: () => (/* binding */ maskInvalid),
/* harmony export */   ou: () => (/* binding */ shownWith),
/* harmony export */   wj: () => (/* binding */ parseEmail)
/* harmony export */ });
/* unused harmony export mailboxOf */
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3136);

const maxEmailLength = 256;
const localPart = () => /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}$/u;
const asciiDomain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
function parseEmail(text) {
    if (text.length > maxEmailLength || text.normalize('NFKC') !== text)
        return undefined;
    const at = text.lastIndexOf('@');
    const local = lowerCase(text.slice(0, at));
    const domain = at < 1 ? undefined : parseDomain(text.slice(at + 1));
    if (domain === undefined || !localPart().test(local) || (!isAscii(local) && isDeceptive(local)))
        return undefined;
    return `${local}@${domain}`;
}
function parseDomain(text) {
    const lower = lowerCase(text);
    const ascii = asciiDomain.test(lower) ? lower : (0,node_url__WEBPACK_IMPORTED_MODULE_0__.domainToASCII)(lower);
    if (!asciiDomain.test(ascii))
        return undefined;
    if (!isInternational(ascii))
        return ascii === lower ? ascii : undefined;
    const readable = (0,node_url__WEBPACK_IMPORTED_MODULE_0__.domainToUnicode)(ascii);
    if (readable.split('.').some(mixesAlphabets))
        return undefined;
    return lower === ascii || readable === lower.toLowerCase() ? ascii : undefined;
}
function isDeceptive(word) {
    return /\p{Default_Ignorable_Code_Point}|\p{ASCII}\p{M}/u.test(word) || mixesAlphabets(word);
}
const alphabets = () => [
    /\p{Script=Latin}/v,
    /\p{Script=Cyrillic}/v,
    /\p{Script=Greek}/v,
    /[\p{L}--[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Common}\p{Script=Inherited}]]/v,
];
function mixesAlphabets(word) {
    return !isAscii(word) && alphabets().filter((alphabet) => alphabet.test(word)).length > 1;
}
function isAscii(text) {
    return /^\p{ASCII}*$/u.test(text);
}
function isInternational(text) {
    return !isAscii(text) || /(?:^|[@.])xn--/i.test(text);
}
const anyLetter = '\ufffd';
const sameLooks = [
    [/rn/g, 'm'],
    [/vv/g, 'w'],
    [/cl/g, 'd'],
    [/[1i|]/g, 'l'],
    [/0/g, 'o'],
];
function lookOf(email) {
    const mailbox = mailboxOf(email);
    const readable = `${localPartOf(mailbox)}@${(0,node_url__WEBPACK_IMPORTED_MODULE_0__.domainToUnicode)(domainOf(mailbox)) || domainOf(mailbox)}`;
    const letters = isAscii(readable) ? readable : readable.normalize('NFKD').replace(marks(), '');
    const ascii = sameLooks.reduce((text, [letter, look]) => text.replace(letter, look), letters.toLowerCase());
    return ascii.replace(/\P{ASCII}/gu, anyLetter);
}
const marks = () => /[\p{M}\p{Default_Ignorable_Code_Point}]/gu;
function isUncertain(look) {
    return look.includes(anyLetter);
}
function mayLookAlike(one, other) {
    if (one.length !== other.length)
        return false;
    for (let i = 0; i < one.length; i += 1) {
        if (one[i] !== other[i] && one[i] !== anyLetter && other[i] !== anyLetter)
            return false;
    }
    return true;
}
function addressKey(text) {
    return parseEmail(text) ?? lowerCase(text);
}
const withoutDots = ['gmail.com', 'googlemail.com'];
function mailboxOf(email) {
    const key = addressKey(email);
    const domain = domainOf(key);
    const local = localPartOf(key).replace(/(?<=.)\+.*$/s, '');
    return withoutDots.includes(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}
function lowerCase(text) {
    return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
function isNoreply(email) {
    return /(?:^|[.@])no-?reply[.@]/i.test(email);
}
function localPartOf(email) {
    return email.slice(0, email.lastIndexOf('@'));
}
function domainOf(email) {
    return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
const inText = () => /(?:"[^"\n@]{1,64}"|[^\s@"<>()[\],;:\\\u200b]{1,64})@(?=(?:[\p{L}\p{M}\p{N}-]+\.)|\[)[\p{L}\p{M}\p{N}.:[\]-]{1,255}(?:[^\s@"<>()[\],;:\\\u200b`|]{0,64}@[\p{L}\p{M}\p{N}.:[\]-]{1,255})*/gu;
function shownWith(showEmails) {
    return showEmails ? (text) => text : maskEmails;
}
function maskEmails(text) {
    if (!text.includes('@'))
        return text;
    return text.replace(inText(), (email) => {
        const at = email.lastIndexOf('@');
        const [, before = '', name = ''] = /^(['`|{}=~"]*)(.*)$/su.exec(email.slice(0, at)) ?? [];
        return before + maskName(name) + email.slice(at);
    });
}
function maskInvalid(text) {
    if (text.startsWith('@'))
        return text;
    const parts = text.split('@');
    return parts.map((part, index) => (part === '' || index === parts.length - 1 ? part : maskName(part))).join('@');
}
function maskName(name) {
    if (/^.?\*{3}.?$/su.test(name))
        return name;
    const letters = [...name];
    const [first = '', last = ''] = [letters[0], letters.at(-1)];
    if (letters.length > 3)
        return `${first}***${last}`;
    return letters.length > 1 ? `${first}***` : '***';
}


/***/ }),

/***/ 4869:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CA: () => (/* binding */ byCodeUnits),
/* harmony export */   N_: () => (/* binding */ withoutTokens),
/* harmony export */   O5: () => (/* binding */ entities),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   W: () => (/* binding */ pageTitle),
/* harmony export */   g$: () => (/* binding */ printable),
/* harmony export */   yU: () => (/* binding */ someOf)
/* harmony export */ });
const unprintable = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;
function printable(text) {
    return text
        .split('\n')
        .map((line) => line.replace(unprintable, ' '))
        .join('\n');
}
function oneLine(text) {
    const clean = text.replace(unprintable, ' ').trim();
    return clean.length > 500 ? `${clean.slice(0, 500).replace(/\S*$/, '')}…` : clean;
}
const tokens = /\bnapi_\w+|\w{40,}/g;
function withoutTokens(text) {
    return oneLine(text.replace(tokens, '***'));
}
function pageTitle(html) {
    return oneLine(/<title[^>]*>([^<]*)/i.exec(html.slice(0, 4096))?.[1] ?? '');
}
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
const zeroWidthSpace = '&#8203;';
function entities(text) {
    return text.replace(/[^\p{L}\p{N} -]/gu, (character) => {
        const entity = `&#${character.codePointAt(0)};`;
        return '#.:@'.includes(character) ? zeroWidthSpace + entity + zeroWidthSpace : entity;
    });
}
function byCodeUnits(a, b) {
    return a < b ? -1 : Number(a > b);
}
function someOf(items, most) {
    const more = items.length - most;
    return more > 0 ? [...items.slice(0, most), `… and ${more} more`] : [...items];
}


/***/ }),

/***/ 7987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ parseName),
/* harmony export */   DU: () => (/* binding */ isBotLogin),
/* harmony export */   EQ: () => (/* binding */ isPatternWithName),
/* harmony export */   ER: () => (/* binding */ parseEntry),
/* harmony export */   Hc: () => (/* binding */ ownerName),
/* harmony export */   IJ: () => (/* binding */ isTeam),
/* harmony export */   Ie: () => (/* binding */ isSameOwner),
/* harmony export */   QY: () => (/* binding */ isUser),
/* harmony export */   fk: () => (/* binding */ teamPath),
/* harmony export */   pZ: () => (/* binding */ parseOwner)
/* harmony export */ });
/* harmony import */ var _lib_email_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3520);

const login = /^[a-z0-9][a-z0-9_-]{0,99}$/;
const slug = /^[a-z0-9_][a-z0-9_-]{0,254}$/;
function parseOwner(text) {
    if (text.startsWith('@'))
        return parseName(text.slice(1));
    const email = (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .parseEmail */ .wj)(text);
    return email === undefined ? undefined : { kind: 'email', email };
}
function parseName(text) {
    const [org = '', team, ...rest] = (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .lowerCase */ .gQ)(text).split('/');
    if (rest.length > 0 || !login.test(org))
        return undefined;
    if (team === undefined)
        return { kind: 'user', login: org };
    return slug.test(team) ? { kind: 'team', org, slug: team } : undefined;
}
function isPatternWithName(text) {
    const at = text.indexOf('@');
    return /^[\w./*-]*(?:\*(?:\.[\w-]+)*|\/)$/.test(text.slice(0, at)) && parseName(text.slice(at + 1)) !== undefined;
}
function ownerName(owner) {
    if (owner.kind === 'email')
        return owner.email;
    return owner.kind === 'user' ? `@${owner.login}` : `@${teamPath(owner)}`;
}
function isSameOwner(a, b) {
    return ownerName(a) === ownerName(b);
}
function teamPath({ org, slug: name }) {
    return `${org}/${name}`;
}
function isTeam(owner) {
    return owner.kind === 'team';
}
function isUser(owner) {
    return owner.kind === 'user';
}
const botLogin = /^@?([a-z0-9][a-z0-9-]*)\[bot\]$/i;
const wellKnownBots = ['dependabot', 'dependabot-preview', 'renovate', 'github-actions', 'copilot'];
function isBotLogin(text) {
    return botLogin.test(text) || wellKnownBots.includes(text);
}
function parseEntry(text) {
    const name = botLogin.exec(text)?.[1];
    if (name !== undefined)
        return { kind: 'user', login: `${name.toLowerCase()}[bot]` };
    return parseOwner(text) ?? parseOwner(`@${text}`);
}


/***/ }),

/***/ 8137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ot: () => (/* binding */ roles),
/* harmony export */   gP: () => (/* binding */ parseRole),
/* harmony export */   iJ: () => (/* binding */ leastRole),
/* harmony export */   og: () => (/* binding */ distinctRoles)
/* harmony export */ });
/* unused harmony export lesserRole */

const roles = ['admin', 'member', 'editor', 'viewer', 'collaborator'];
function parseRole(text) {
    return roles.includes(text) ? text : undefined;
}
function lesserRole(a, b) {
    return roles.indexOf(a) > roles.indexOf(b) ? a : b;
}
function leastRole(all) {
    return all.length === 0 ? undefined : all.reduce(lesserRole);
}
function distinctRoles(all) {
    return roles.filter((role) => all.includes(role) && !(role === 'member' && all.includes('editor')));
}



/***/ }),

/***/ 5512:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _h: () => (/* binding */ docsLink),
/* harmony export */   fs: () => (/* binding */ docsUrl)
/* harmony export */ });
/* unused harmony export docsSections */
const docsUrl = 'https://github.com/neon-org-action/neon-org-action/blob/main/docs';
const docsSections = {
    addresses: 'onboarding.md#where-addresses-come-from',
    drift: 'members.md#changes-made-in-neon',
    removals: 'members.md#withheld-removals',
    'keys-in-doubt': 'sweep.md#keys-in-doubt',
    leaver: 'offboarding.md#4-decide-about-their-keys',
};
function docsLink(text, section) {
    return `[${text}](${docsUrl}/${docsSections[section]})`;
}


/***/ }),

/***/ 1945:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  withHelp: () => (/* binding */ withHelp)
});

// EXTERNAL MODULE: ./build/runner/docs.js
var docs = __webpack_require__(5512);
;// CONCATENATED MODULE: ./build/runner/help-headings.js
const troubleshootingHeadings = [
    'The key in `api_key` is a personal API key, so its owner lacks the required permission',
    'one of them does not exist, or the owner of the key is not in the organization',
    'Either it does not exist, or the token in `github_token` lacks the permission',
    'The key in `api_key` is an organization API key, or scoped to a project',
    'this organization does not exist, or the owner of the key is not in it',
    'of this secret are active, so `rotate-key` does not create another one',
    'must be set to a number, because the name of a key contains its run',
    'The post step ended before it had revoked the key of this step',
    '`project_id` is required: the key is limited to this project',
    'Neon has locked the resource while another operation runs',
    'withheld: the member may be one of the unresolved names',
    'Runs and pull requests could not be read from GitHub',
    'The members of the excluded team … could not be read',
    'GitHub does not accept the token in `github_token`',
    '`api_key` is required. If it is set from a secret',
    'Whether the secret holds the new key … is unknown',
    'the invitation is pending, or the person has left',
    'Neon does not accept the key in `api_key` at all',
    'kept because it could not be determined whether',
    'Check `api_host`, the network, and HTTPS_PROXY',
    'Neon allows 700 requests a minute per account',
    'Without it, roles and exclusions are unknown',
    'could not be deleted, so no key was revoked',
    'The list is incomplete, so nothing was done',
    'The runner does not trust the certificate',
    '`lifetime: pull-request` needs the event',
    'The job has ended: its post step started',
    'This plan would not be applied. … allows',
    "Neon's API cannot withdraw an invitation",
    'Whether Neon carried it out is unknown',
    'the GITHUB_TOKEN of a job never has it',
    'The identity source … cannot be used',
    'Whether Neon has another key named',
    'not made or could not be confirmed',
    'is too short to be a Neon API key',
    'No line of … requires an approval',
    'Neon is not available right now',
    'Neon did not accept the new key',
    'This action requires Node 24',
    'too old to be stored safely',
    'The runner names a proxy',
    'is the last active admin',
    'without the content of',
    'may still be active',
    'owns the key in use',
    'so nothing was done',
    'is not an input of',
    'without an address',
    'has … invalid line',
    'is not an input',
    'Check the proxy',
    'Plan only',
];

;// CONCATENATED MODULE: ./build/runner/help.js


const page = `${docs/* docsUrl */.fs}/troubleshooting.md`;
function withHelp(message) {
    const heading = troubleshootingHeadings.find((text) => fixedPartsAreIn(text, message));
    return heading === undefined ? message : `${message}\nHelp: ${page}#${anchorOf(heading)}`;
}
function fixedPartsAreIn(heading, message) {
    let from = 0;
    for (const part of heading.split('…').map((text) => text.trim())) {
        const at = message.indexOf(part, from);
        if (at < 0)
            return false;
        from = at + part.length;
    }
    return true;
}
function anchorOf(heading) {
    return heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
        .replaceAll(' ', '-');
}


/***/ }),

/***/ 9327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ createLog)
});

// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(857);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/utils.js
var utils = __webpack_require__(4679);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function issue(name, message = '') {
    issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return (0,utils/* toCommandValue */.E)(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return (0,utils/* toCommandValue */.E)(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: ./build/lib/email.js
var email = __webpack_require__(3520);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
;// CONCATENATED MODULE: ./build/lib/redact.js

const shortestForm = 8;
const base64Columns = [76, 64, 60];
const hexColumns = 60;
function createRedactor() {
    const forms = new Set();
    let longestFirst = [];
    return {
        add(secret) {
            const all = [secret, ...encodedForms(secret)];
            for (const form of all)
                forms.add(form).add((0,lib_text/* entities */.O5)(form));
            longestFirst = [...forms].sort((a, b) => b.length - a.length);
            return all;
        },
        redact: (text) => longestFirst.reduce((clean, form) => clean.replaceAll(form, '***'), text),
    };
}
function encodedForms(secret) {
    const bytes = Buffer.from(secret);
    const hex = bytes.toString('hex');
    const forms = new Set([hex, hex.toUpperCase(), ...linesOf(hex, hexColumns)]);
    for (const skip of [0, 1, 2]) {
        const inside = bytes.subarray(skip, bytes.length - ((bytes.length - skip) % 3));
        forms.add(inside.toString('base64')).add(inside.toString('base64url'));
    }
    const alone = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
    for (const columns of base64Columns)
        for (const line of linesOf(alone, columns))
            forms.add(line);
    forms.add(Buffer.from(`${secret}:`).toString('base64'));
    return [...forms].filter((form) => form.length >= shortestForm && form !== secret);
}
function linesOf(text, columns) {
    return text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
}

;// CONCATENATED MODULE: ./build/runner/log.js




function createLog() {
    process.stdout.on('error', () => { });
    const { add, redact } = createRedactor();
    let maskText = email/* maskEmails */._g;
    const readable = (text) => (0,lib_text/* printable */.g$)(maskText(redact(text)));
    const annotate = (level, message) => issueCommand(level, {}, readable(message).slice(0, 4096));
    const print = (line) => process.stdout.write(`${disarm(readable(line))}\n`);
    return {
        mask(secret) {
            if (secret === '')
                return;
            for (const form of add(secret))
                issueCommand('add-mask', {}, form);
        },
        showEmails() {
            maskText = (text) => text;
        },
        debug: (line) => issueCommand('debug', {}, readable(line)),
        info: print,
        notice: (message) => annotate('notice', message),
        warning: (message) => annotate('warning', message),
        fail(message) {
            process.exitCode = 1;
            annotate('error', message);
        },
        async group(title, work) {
            issueCommand('group', {}, readable(title));
            try {
                return await work();
            }
            finally {
                issueCommand('endgroup', {}, '');
            }
        },
        forPublic: (text) => (0,lib_text/* printable */.g$)((0,email/* maskEmails */._g)(redact(text))),
        redact,
        readable,
    };
}
function disarm(text) {
    return text.replace(/^((?:[^\S\n\r\u2028\u2029]|\u0085)*)::/gm, '$1\u200b::').replaceAll('##[', '##\u200b[');
}


/***/ }),

/***/ 6412:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ap: () => (/* binding */ decideMode),
/* harmony export */   f_: () => (/* binding */ hasChosenTexts),
/* harmony export */   nI: () => (/* binding */ modes)
/* harmony export */ });
/* unused harmony export trustOf */
const modes = ['auto', 'plan', 'apply'];
function decideMode(mode, event) {
    const about = { mode, event: event.name };
    if (mode === 'apply')
        return { ...about, apply: true, reason: 'mode-input' };
    if (mode === 'plan')
        return { ...about, apply: false, reason: 'mode-input' };
    return { ...about, ...trustOf(event) };
}
const startedFromBranch = ['workflow_dispatch', 'repository_dispatch', 'workflow_run'];
function trustOf(event) {
    const { name, ref, payload } = event;
    const branch = payload.repository?.default_branch;
    const onDefaultBranch = branch !== undefined && branch !== '' && ref === `refs/heads/${branch}`;
    if (name === 'schedule')
        return applies('schedule');
    if (name === 'push')
        return trustOfPush(event, onDefaultBranch);
    if (name === 'pull_request')
        return trustOfPullRequest(event, branch);
    if (startedFromBranch.includes(name))
        return onDefaultBranch ? applies('started-on-default-branch') : plans('other-branch');
    return plans(name === '' ? 'no-event' : 'other-event');
}
function trustOfPush({ payload }, onDefaultBranch) {
    if (!onDefaultBranch)
        return plans('other-branch');
    if (payload.deleted === true)
        return plans('branch-deleted');
    return payload.repository?.fork === false ? applies('push') : plans('fork');
}
function trustOfPullRequest({ payload: { action, pull_request: pull } }, branch) {
    if (action !== 'closed')
        return plans('pull-request-open');
    if (pull?.merged !== true)
        return plans('pull-request-not-merged');
    if (!branch || pull.base?.ref !== branch)
        return plans('pull-request-into-other-branch');
    return applies('pull-request-merged');
}
function applies(reason) {
    return { apply: true, reason };
}
function plans(reason) {
    return { apply: false, reason };
}
const eventsWithTexts = ['pull_request', 'workflow_run'];
function hasChosenTexts({ name, payload: { inputs, client_payload } }) {
    return eventsWithTexts.includes(name) || [inputs, client_payload].some(hasContent);
}
function hasContent(value) {
    return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}


/***/ }),

/***/ 4679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ toCommandValue)
/* harmony export */ });
/* unused harmony export toCommandProperties */
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map

/***/ })

};
