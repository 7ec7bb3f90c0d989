export const id = 674;
export const ids = [674];
export const modules = {

/***/ 6830:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ pullRequestOf),
/* harmony export */   j: () => (/* binding */ readEvent)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);

function readEvent(env = process.env) {
    const { GITHUB_EVENT_NAME: name = '', GITHUB_REF: ref = '', GITHUB_EVENT_PATH: path } = env;
    return { name, ref, payload: path ? readPayload(path) : {} };
}
function readPayload(path) {
    try {
        return JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8')) ?? {};
    }
    catch (cause) {
        throw new Error('The file in GITHUB_EVENT_PATH is missing or not JSON, so the event of this run is unknown.', {
            cause,
        });
    }
}
function pullRequestOf({ name, payload }) {
    if (name !== 'pull_request' && name !== 'pull_request_target')
        return undefined;
    const { number } = payload.pull_request ?? {};
    return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}


/***/ }),

/***/ 4668:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  X: () => (/* binding */ mint)
});

// EXTERNAL MODULE: ./build/neon/errors.js
var errors = __webpack_require__(666);
// EXTERNAL MODULE: ./build/neon/retry.js
var retry = __webpack_require__(9267);
;// CONCATENATED MODULE: ./build/keys/creation.js
function judgeFailedCreation({ kind, status, code, reason }) {
    const isConflict = status === 409 || /unique name|already exists/i.test(reason);
    if (kind === 'refused')
        return isConflict ? 'name-exists' : 'not-created';
    if (kind !== 'not-done')
        return 'unknown';
    if (status === undefined)
        return 'not-created';
    return code === undefined ? 'unknown' : 'turned-away';
}

// EXTERNAL MODULE: ./build/keys/name.js
var keys_name = __webpack_require__(4518);
// EXTERNAL MODULE: ./build/keys/render.js
var render = __webpack_require__(5189);
;// CONCATENATED MODULE: ./build/keys/mint.js





const roundsBeginWithinMs = 2 * 60_000;
async function mint(request, effects) {
    const { clock, ledger, newNonce } = effects;
    const mustBeginBy = clock.now() + roundsBeginWithinMs;
    const names = Array.from({ length: retry/* defaultRetry */.iU.attempts }, () => (0,keys_name/* composeKeyName */.lm)(request.label, { ...request.mark, nonce: newNonce() }));
    ledger.plan(names);
    try {
        for (let round = 1;; round += 1) {
            const lease = { name: names[round - 1], requestedAt: clock.now() };
            const outcome = await requestKey(lease, request, effects);
            if (!(outcome instanceof errors/* NeonError */.T))
                return { key: outcome, name: lease.name };
            await prepareNextRound(lease, outcome, round, mustBeginBy, effects);
        }
    }
    finally {
        ledger.plan([]);
    }
}
async function requestKey(lease, request, effects) {
    const { neon, ledger, clock, mask } = effects;
    const { projectId } = request;
    ledger.save(lease);
    let key;
    try {
        key = await neon.createOrgApiKey({ key_name: lease.name, project_id: projectId });
    }
    catch (error) {
        if (error instanceof errors/* NeonError */.T)
            return error;
        throw error;
    }
    mask(key.key);
    if (!(0,keys_name/* hasMarkOf */.d7)(key.name, lease.name))
        return mismatchedResponse();
    ledger.save({ ...lease, respondedAt: clock.now(), id: key.id });
    if ((key.project_id || undefined) !== projectId)
        throw new Error((0,render.wrongAccess)(key, projectId));
    return key;
}
function mismatchedResponse() {
    return new errors/* NeonError */.T({
        operationId: 'createOrgApiKey',
        method: 'POST',
        path: '/…/api_keys',
        kind: 'unknown',
        reason: 'the response is for a key with another name',
        requestId: 'in the debug log',
    });
}
async function prepareNextRound(lease, error, round, mustBeginBy, effects) {
    const { clock, ledger, random, info, cancelled } = effects;
    const effect = judgeFailedCreation(error.facts);
    if (effect === 'not-created')
        ledger.forget(lease.name);
    if (effect === 'turned-away')
        ledger.save({ ...lease, respondedAt: clock.now() });
    const facts = effect === 'name-exists' ? { ...error.facts, kind: 'unknown' } : error.facts;
    const waitMs = (0,retry/* waitBeforeRetry */.jy)(facts, round, random(), retry/* defaultRetry */.iU);
    if (waitMs === undefined || cancelled.aborted || clock.now() + waitMs > mustBeginBy)
        throw error.with({ attempts: round });
    info((0,render.nextRoundLine)(error, (0,retry/* announceAttempt */.v)(round + 1, waitMs, retry/* defaultRetry */.iU)));
    if (facts.kind === 'unknown')
        await revokeLost(lease.name, effects);
    await clock.sleep(waitMs, cancelled);
}
async function revokeLost(leaseName, { neon, info }) {
    try {
        for (const { id, name } of await neon.listOrgApiKeys()) {
            if (!(0,keys_name/* hasMarkOf */.d7)(name, leaseName))
                continue;
            await neon.revokeOrgApiKey(id);
            info((0,render.lostKeyLine)(id));
        }
    }
    catch (error) {
        if (!(error instanceof errors/* NeonError */.T))
            throw error;
    }
}


/***/ }),

/***/ 7935:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ placeOf),
/* harmony export */   R: () => (/* binding */ secretLabel)
/* harmony export */ });
function placeOf({ secret_name, secret_scope, secret_environment }) {
    if (secret_name === undefined)
        return undefined;
    return { name: secret_name, scope: secret_scope, environment: secret_environment };
}
function secretLabel({ name, scope, environment }) {
    return `${scope} secret ${name}${environment === undefined ? '' : ` of ${environment}`}`;
}


/***/ }),

/***/ 3674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  performStep: () => (/* binding */ performStep)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/github/event.js
var github_event = __webpack_require__(6830);
// EXTERNAL MODULE: ./build/github/run.js + 1 modules
var run = __webpack_require__(6894);
// EXTERNAL MODULE: ./build/inputs/declarations.js
var declarations = __webpack_require__(6583);
// EXTERNAL MODULE: ./build/keys/ledger.js
var keys_ledger = __webpack_require__(3868);
// EXTERNAL MODULE: ./build/keys/state.js
var state = __webpack_require__(2600);
// EXTERNAL MODULE: ./build/lib/clock.js
var clock = __webpack_require__(4570);
// EXTERNAL MODULE: ./build/lib/version.js
var version = __webpack_require__(6480);
// EXTERNAL MODULE: ./build/neon/connect.js + 7 modules
var connect = __webpack_require__(7683);
// EXTERNAL MODULE: ./build/neon/endpoints.js
var endpoints = __webpack_require__(183);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
;// CONCATENATED MODULE: ./build/keys/chosen-lifetime.js


function lifetimeFor(chosen, inSecret, event) {
    if (chosen === 'job')
        return { kind: 'job' };
    if (chosen === 'manual')
        return { kind: 'manual', inSecret };
    if (typeof chosen === 'object')
        return { kind: 'duration', seconds: chosen.seconds, inSecret };
    return { kind: 'pull-request', number: openPullRequest(event()), inSecret };
}
function openPullRequest(event) {
    const number = (0,github_event/* pullRequestOf */._)(event);
    if (number === undefined) {
        throw new Error(`\`lifetime: pull-request\` needs the event \`pull_request\` or \`pull_request_target\`, but this run was triggered by \`${(0,lib_text/* oneLine */.TN)(event.name)}\`.`);
    }
    if (event.payload.action === 'closed') {
        throw new Error(`Pull request ${number} is closed, so a key with \`lifetime: pull-request\` would expire immediately.`);
    }
    return number;
}

// EXTERNAL MODULE: ./build/keys/mint.js + 1 modules
var mint = __webpack_require__(4668);
// EXTERNAL MODULE: ./build/keys/name.js
var keys_name = __webpack_require__(4518);
// EXTERNAL MODULE: ./build/runner/markdown.js
var markdown = __webpack_require__(1134);
// EXTERNAL MODULE: ./build/keys/render.js
var render = __webpack_require__(5189);
// EXTERNAL MODULE: ./build/keys/secret-place.js
var secret_place = __webpack_require__(7935);
;// CONCATENATED MODULE: ./build/keys/render-create.js




function createdLine({ key, lifetime, projectId, place }) {
    const stored = place ? ` It is in the ${(0,secret_place/* secretLabel */.R)(place)}.` : '';
    return `Created key ${key.id} "${(0,lib_text/* oneLine */.TN)(key.name)}" for ${(0,render.accessText)(projectId)}.${stored} It is valid ${validity(lifetime, key)}.`;
}
function createdResult(created, exportEnv) {
    const { key, lifetime, projectId, place } = created;
    const rows = (0,render.factsOf)(key, projectId);
    if (place)
        rows.push(['Stored in', (0,markdown/* plain */.pj)((0,secret_place/* secretLabel */.R)(place))]);
    rows.push(['Valid', validity(lifetime, key)], ['Created', (0,markdown/* time */.kB)(key.created_at)]);
    return {
        changed: true,
        variables: exportEnv ? { NEON_API_KEY: key.key } : undefined,
        outputs: { api_key: key.key, ...(0,render.outputsOf)(key) },
        summary: `### 🔑 New Neon key${purpose(lifetime)}\n\n${(0,markdown/* facts */.Ix)(rows)}\n`,
    };
}
function purpose(lifetime) {
    if (lifetime.kind === 'job')
        return ' for this job';
    return lifetime.kind === 'pull-request' ? ` for pull request ${lifetime.number}` : '';
}
function validity(lifetime, { created_at }) {
    if (lifetime.kind === 'job')
        return 'until the post step revokes it at the end of this job';
    if (lifetime.kind === 'manual')
        return 'until someone revokes it';
    if (lifetime.kind === 'pull-request')
        return `until \`sweep-keys\` or \`revoke-key\` runs after pull request ${lifetime.number} is closed`;
    const end = lifetime.kind === 'duration' ? Date.parse(created_at) + lifetime.seconds * 1000 : Number.NaN;
    return `until \`sweep-keys\` runs after ${Number.isNaN(end) ? 'its duration has elapsed' : (0,markdown/* time */.kB)(new Date(end).toISOString())}`;
}

;// CONCATENATED MODULE: ./build/operations/create-key.js





const createKey = async (inputs, context) => {
    const run = context.workflowRun();
    const place = (0,secret_place/* placeOf */.$)(inputs);
    const lifetime = lifetimeFor(inputs.lifetime, place !== undefined, context.event);
    const label = inputs.key_name ?? `${run.repository.split('/').at(-1)} ${run.job}`;
    const projectId = inputs.project_id;
    const { key, name } = await mintFor({ label, mark: { ...(0,keys_name/* originOf */.yv)(run), lifetime }, projectId }, place, context);
    const created = { key, lifetime, projectId, place };
    context.info(createdLine(created));
    const delivered = () => lifetime.kind !== 'job' && context.ledger.forget(name);
    return { ...createdResult(created, inputs.export_env), delivered };
};
async function mintFor(request, place, context) {
    if (!place)
        return (0,mint/* mint */.X)(request, context);
    const { mintIntoSecret, openSecret } = await __webpack_require__.e(/* import() */ 229).then(__webpack_require__.bind(__webpack_require__, 2229));
    return mintIntoSecret(request, await openSecret(place, context), context);
}

;// CONCATENATED MODULE: ./build/operations/index.js

const operations = {
    'create-key': createKey,
    'revoke-key': async (inputs, context) => (await __webpack_require__.e(/* import() */ 569).then(__webpack_require__.bind(__webpack_require__, 2569))).revokeKey(inputs, context),
    'list-keys': async (inputs, context) => (await __webpack_require__.e(/* import() */ 636).then(__webpack_require__.bind(__webpack_require__, 2636))).listKeys(inputs, context),
    'sweep-keys': async (inputs, context) => (await __webpack_require__.e(/* import() */ 951).then(__webpack_require__.bind(__webpack_require__, 5951))).sweepKeys(inputs, context),
    'rotate-key': async (inputs, context) => (await __webpack_require__.e(/* import() */ 775).then(__webpack_require__.bind(__webpack_require__, 775))).rotateKey(inputs, context),
    invite: async (inputs, context) => (await __webpack_require__.e(/* import() */ 776).then(__webpack_require__.bind(__webpack_require__, 6776))).invite(inputs, context),
    'list-invitations': async (inputs, context) => (await __webpack_require__.e(/* import() */ 776).then(__webpack_require__.bind(__webpack_require__, 6776))).listInvitations(inputs, context),
    'sync-invitations': async (inputs, context) => (await __webpack_require__.e(/* import() */ 776).then(__webpack_require__.bind(__webpack_require__, 6776))).syncInvitations(inputs, context),
    'list-members': async (inputs, context) => (await __webpack_require__.e(/* import() */ 776).then(__webpack_require__.bind(__webpack_require__, 6776))).listMembers(inputs, context),
    'get-member': async (inputs, context) => (await __webpack_require__.e(/* import() */ 776).then(__webpack_require__.bind(__webpack_require__, 6776))).getMember(inputs, context),
    'update-member': async (inputs, context) => (await __webpack_require__.e(/* import() */ 776).then(__webpack_require__.bind(__webpack_require__, 6776))).updateMember(inputs, context),
    'remove-member': async (inputs, context) => (await __webpack_require__.e(/* import() */ 776).then(__webpack_require__.bind(__webpack_require__, 6776))).removeMember(inputs, context),
    'sync-members': async (inputs, context) => (await __webpack_require__.e(/* import() */ 776).then(__webpack_require__.bind(__webpack_require__, 6776))).syncMembers(inputs, context),
    'get-organization': async (inputs, context) => (await __webpack_require__.e(/* import() */ 29).then(__webpack_require__.bind(__webpack_require__, 8029))).getOrganization(inputs, context),
};
function perform(inputs, context) {
    const operation = operations[inputs.operation];
    return operation(inputs, context);
}

// EXTERNAL MODULE: ./build/runner/commands.js + 1 modules
var commands = __webpack_require__(804);
;// CONCATENATED MODULE: ./build/runner/console.js

const consoleUrl = 'https://console.neon.tech';
function consoleFooter({ operation, api_host, org_id, project_id, scope }) {
    if (api_host.origin !== consoleUrl)
        return '';
    const links = [scope === 'account' ? accountKeys : organizationPage(operation, org_id)];
    if (project_id !== undefined)
        links.push((0,markdown/* link */.nf)('project', `${consoleUrl}/app/projects/${project_id}`));
    return `\nIn the Neon Console: ${links.join(', ')}\n`;
}
const accountKeys = (0,markdown/* link */.nf)('your API keys', `${consoleUrl}/app/settings#api-keys`);
function organizationPage(operation, id) {
    const organization = `${consoleUrl}/app/${id}`;
    return /-keys?$/.test(operation)
        ? (0,markdown/* link */.nf)('API keys', `${organization}/settings#api-keys`)
        : (0,markdown/* link */.nf)('organization', `${organization}/projects`);
}

// EXTERNAL MODULE: ./build/runner/post-marker.js
var post_marker = __webpack_require__(6456);
// EXTERNAL MODULE: ./build/runner/released.js
var released = __webpack_require__(1076);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/runner/help.js + 1 modules
var help = __webpack_require__(1945);
;// CONCATENATED MODULE: ./build/runner/result.js




const maxJsonBytes = 256 * 1024;
function reportResult(result, runner, options) {
    const json = Object.entries(result.json ?? {}).map(([name, value]) => [name, JSON.stringify(value)]);
    const bytes = json.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
    runner.setOutput('changed', String(result.changed));
    for (const [name, value] of Object.entries(result.outputs))
        runner.setOutput(name, value);
    for (const [name, value] of Object.entries(result.variables ?? {}))
        runner.exportVariable(name, value);
    try {
        if (bytes > maxJsonBytes)
            writeResultFile(json, runner, options);
        else
            for (const [name, text] of json)
                runner.setOutput(name, text);
        result.delivered?.();
    }
    finally {
        if (options.summary)
            runner.appendSummary((0,markdown/* fitSummary */.mW)(result.summary));
    }
    if (result.failure)
        runner.fail((0,help.withHelp)(result.failure));
}
function writeResultFile(json, runner, { folder, fileName }) {
    if (!folder)
        throw new Error('The result is too long for outputs and could not be written to a file, because RUNNER_TEMP is not set.');
    const file = (0,external_node_path_.join)(folder, fileName);
    const members = json.map(([name, text]) => `${JSON.stringify(name)}:${text}`);
    (0,external_node_fs_.writeFileSync)(file, `{${members.join(',')}}`, { mode: 0o600 });
    runner.setOutput('result_file', file);
    const names = json.map(([name]) => `\`${name}\``).join(', ');
    runner.notice(`The result is too long for outputs, so ${names} ${json.length === 1 ? 'is' : 'are'} in a file instead. The output \`result_file\` is its path.`);
}

;// CONCATENATED MODULE: ./build/step.js
















async function performStep(inputs, env, log, cancellation) {
    const runner = (0,commands/* createRunner */.j)(log);
    const { operation, summary } = inputs;
    const work = () => (0,declarations/* isKeyless */.XD)(inputs)
        ? performKeyless(inputs, env, runner, cancellation)
        : performWithKey(inputs, env, runner, cancellation);
    const result = await runner.group(`neon-org-action: ${operation}`, work);
    cancellation.cancelled.throwIfAborted();
    const fileName = `neon-${operation}-${newNonce()}.json`;
    const footer = (0,declarations/* isKeyless */.XD)(inputs) ? '' : consoleFooter(inputs);
    const complete = { ...result, summary: result.summary + footer };
    reportResult(complete, runner, { summary, folder: env['RUNNER_TEMP'] ?? '', fileName });
}
async function performKeyless(inputs, env, runner, cancellation) {
    const { createKeylessKey } = await __webpack_require__.e(/* import() */ 630).then(__webpack_require__.bind(__webpack_require__, 9630));
    return createKeylessKey(inputs, { env, runner, cancellation, clock: clock/* systemClock */.m, random: Math.random, newNonce });
}
async function performWithKey(inputs, env, runner, { cancelled, abandoned }) {
    const { api_host: apiHost, org_id: orgId, timeout: timeoutMs } = inputs;
    const { random } = Math;
    const { info, debug } = runner;
    const withKey = async (apiKey, work) => {
        const options = { apiHost, apiKey, orgId, timeoutMs, clock: clock/* systemClock */.m, random, env, cancelled, abandoned, info, debug };
        return work(await (0,connect/* connectNeon */.Zu)(options));
    };
    const isPersonal = 'scope' in inputs && inputs.scope === 'account';
    const stateOf = (leases) => ({ orgId, apiHost, timeoutMs, leases, isPersonal });
    const ledger = (0,keys_ledger/* createLedger */.M5)((leases) => runner.saveState(state/* stateName */.Vi, (0,state/* writeState */.Jq)(stateOf(leases))), (0,released/* releaseMarks */.C)(env), () => (0,post_marker/* hasPostStarted */.o6)(env));
    const workflowRun = () => (0,run/* readWorkflowRun */.hO)(env);
    const github = () => openGitHub(inputs, env, runner, cancelled);
    const context = {
        ...runner,
        withKey,
        clock: clock/* systemClock */.m,
        random,
        newNonce,
        ledger,
        workflowRun,
        event: github_event/* readEvent */.j,
        github,
        cancelled,
    };
    return withKey(inputs.api_key, async (neon) => {
        try {
            return await perform(inputs, { ...context, neon });
        }
        catch (error) {
            if (error instanceof keys_ledger/* PostStarted */.E1)
                await revokeOwnLeases(stateOf(ledger.open()), neon, runner);
            throw error;
        }
    });
}
async function revokeOwnLeases(state, neon, { info, fail }) {
    const [{ endLeases }, { activeKeys }, { revocationLine }, { withHelp }] = await Promise.all([
        __webpack_require__.e(/* import() */ 242).then(__webpack_require__.bind(__webpack_require__, 1242)),
        __webpack_require__.e(/* import() */ 108).then(__webpack_require__.bind(__webpack_require__, 8108)),
        Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 5189)),
        Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 1945)),
    ]);
    const { timeoutMs, leases, isPersonal } = state;
    const keys = isPersonal ? (0,endpoints/* personalKeys */.rL)(neon) : neon;
    const onOutcome = (revocation) => info(revocationLine(revocation));
    const until = clock/* systemClock */.m.now() + post_marker/* postBudgetMs */.Qk;
    const revocations = await endLeases(leases, { neon: keys, clock: clock/* systemClock */.m, timeoutMs, until, onOutcome });
    const active = activeKeys(revocations, state);
    if (active)
        fail(withHelp(active));
}
async function openGitHub({ github_token: token, github_api_url, timeout: timeoutMs }, env, { notice, debug }, cancelled) {
    if (token === undefined)
        throw new Error('`github_token` is empty, but this operation reads from GitHub. Set it to a token, or remove it to use the default.');
    const apiUrl = github_api_url ?? new URL(env['GITHUB_API_URL'] || 'https://api.github.com');
    const { connectGitHub } = await Promise.all(/* import() */[__webpack_require__.e(167), __webpack_require__.e(78)]).then(__webpack_require__.bind(__webpack_require__, 6078));
    return connectGitHub({ apiUrl, token, userAgent: version/* userAgent */.N, timeoutMs, env, cancelled, notice, debug });
}
function newNonce() {
    return (0,external_node_crypto_.randomBytes)(6).readUIntBE(0, 6).toString(36).padStart(10, '0');
}


/***/ })

};
