export const id = 267;
export const ids = [267];
export const modules = {

/***/ 1648:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/cancel.js
/** The runner asked the step to end. */
class Cancelled extends Error {
    name = 'Cancelled';
    signal;
    constructor(signal) {
        super(`cancelled by ${signal}`);
        this.signal = signal;
    }
}
/** After the first signal the runner waits 7.5 s, then another 2.5 s, then it kills: the rest is for the state file. */
const graceMs = 6500;
/**
 * @param signals the process, whose default is to die at once, leaving a POST behind that is still carried out
 * @param told is called once, with the first signal
 */
function listenForCancel(signals, told) {
    const soon = new AbortController();
    const now = new AbortController();
    const cancel = (signal) => {
        if (soon.signal.aborted)
            return;
        soon.abort(new Cancelled(signal));
        told(signal);
        setTimeout(() => now.abort(new Cancelled(signal)), graceMs).unref();
    };
    signals.on('SIGINT', cancel);
    signals.on('SIGTERM', cancel);
    return { cancelled: soon.signal, abandoned: now.signal };
}

// EXTERNAL MODULE: ./build/clock.js
var clock = __webpack_require__(7094);
;// CONCATENATED MODULE: ./build/github/run.js
/** @throws Error that names the variables that are missing or no number */
function readWorkflowRun(env) {
    const missing = [];
    const number = (name) => {
        const value = /^\d+$/.test(env[name] ?? '') ? Number(env[name]) : Number.NaN;
        if (!Number.isSafeInteger(value))
            missing.push(name);
        return value;
    };
    const run = {
        repositoryId: number('GITHUB_REPOSITORY_ID'),
        runId: number('GITHUB_RUN_ID'),
        runAttempt: number('GITHUB_RUN_ATTEMPT'),
        repository: env['GITHUB_REPOSITORY'] ?? '',
        runsUrl: `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${env['GITHUB_REPOSITORY'] ?? ''}/actions/runs`,
        job: env['GITHUB_JOB'] ?? '',
    };
    if (missing.length > 0) {
        throw new Error(`${missing.join(', ')} must be set to a number: a key's name says which run it belongs to. GitHub's runner sets them; ` +
            'outside of it (act, a test) set them in the environment.');
    }
    return run;
}

// EXTERNAL MODULE: ./build/inputs.js
var build_inputs = __webpack_require__(8175);
// EXTERNAL MODULE: ./build/neon/errors.js
var errors = __webpack_require__(666);
// EXTERNAL MODULE: ./build/neon/retry.js
var retry = __webpack_require__(9267);
;// CONCATENATED MODULE: ./build/keys/name.js

/** Neon's limit for key_name (OpenAPI, ApiKeyCreateRequest). Counted in bytes: fits whichever way Neon counts. */
const maxNameBytes = 64;
const pattern = /^(?<label>.*?) ?~gha\.(?<repository>[0-9a-z]+)\.(?<run>[0-9a-z]+)-(?<attempt>[0-9a-z]+)\.(?<lifetime>[jm]|[pt][0-9a-z]+)\.(?<nonce>[0-9a-z]+)$/s;
/**
 * `<label> ~gha.<repository id>.<run id>-<attempt>.<lifetime>.<nonce>`, numbers in base 36, the label cut to fit.
 * A label that is cut ends in `#` and a hash of the whole, so that two long labels stay two.
 */
function composeName(label, mark) {
    const { repositoryId, runId, runAttempt, lifetime, nonce } = mark;
    const suffix = `~gha.${base36(repositoryId)}.${base36(runId)}-${base36(runAttempt)}.${writeLifetime(lifetime)}.${nonce}`;
    const fitting = shorten(label.trim().toWellFormed(), maxNameBytes - suffix.length - 1);
    return fitting === '' ? suffix : `${fitting} ${suffix}`;
}
/**
 * Reads a key's name back.
 * @returns undefined for a name that `composeName` would not have written: such a key is not ours
 */
function parseName(name) {
    const groups = pattern.exec(name)?.groups;
    if (!groups)
        return undefined;
    const { label = '', repository = '', run = '', attempt = '', nonce = '' } = groups;
    const lifetime = readLifetime(groups['lifetime'] ?? '');
    if (!lifetime)
        return undefined;
    const mark = {
        repositoryId: fromBase36(repository),
        runId: fromBase36(run),
        runAttempt: fromBase36(attempt),
        lifetime,
        nonce,
    };
    return composeName(label, mark) === name ? { label, mark } : undefined;
}
/** Whether this action minted the key for this repository under this label, cut or whole. */
function isLabelled(name, label, repositoryId) {
    const mark = parseName(name)?.mark;
    return mark?.repositoryId === repositoryId && composeName(label, mark) === name;
}
function writeLifetime(lifetime) {
    if (lifetime.kind === 'pull-request')
        return `p${base36(lifetime.number)}`;
    if (lifetime.kind === 'duration')
        return `t${base36(lifetime.seconds)}`;
    return lifetime.kind === 'job' ? 'j' : 'm';
}
function readLifetime(text) {
    const number = fromBase36(text.slice(1));
    if (text === 'j')
        return { kind: 'job' };
    if (text === 'm')
        return { kind: 'manual' };
    if (!Number.isSafeInteger(number))
        return undefined;
    return text.startsWith('p') ? { kind: 'pull-request', number } : { kind: 'duration', seconds: number };
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
    const hash = `#${(0,external_node_crypto_.createHash)('sha256').update(label).digest('hex').slice(0, 6)}`;
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
function isMeantBy(name, keyName, repositoryId) {
    return name === keyName || isLabelled(name, keyName, repositoryId);
}

// EXTERNAL MODULE: ./build/keys/revoke.js
var revoke = __webpack_require__(7747);
;// CONCATENATED MODULE: ./build/keys/lease.js




/** @param write makes the open leases outlive the process */
function createLedger(write) {
    const leases = new Map();
    return {
        save(lease) {
            leases.set(lease.name, lease);
            write([...leases.values()]);
        },
        forget(name) {
            if (leases.delete(name))
                write([...leases.values()]);
        },
    };
}
/** How many names are tried before the step gives up: each costs one POST, and a lost answer a look at the list. */
const rounds = { attempts: 5, longestWaitMs: 30_000 };
/**
 * Mints a key so that whatever happens on the way is known to the post step: the name is in the ledger before the
 * request leaves, the id right after the answer. A name is used for one request only. After a lost answer the key is
 * looked for by its name and revoked, for its token is lost, and the next round asks under a new name.
 * @throws NeonError of the last round
 */
async function mint(request, effects) {
    for (let round = 1;; round += 1) {
        const name = composeName(request.label, { ...request.mark, nonce: effects.newNonce() });
        effects.ledger.save({ name, askedAt: effects.clock.now() });
        try {
            return { key: await mintOnce(name, request, effects), name };
        }
        catch (error) {
            if (!(error instanceof errors/* NeonError */.T))
                throw error;
            await prepareNextRound(name, error, round, effects);
        }
    }
}
/** @throws the error, when there is to be no next round */
async function prepareNextRound(name, error, round, effects) {
    const { clock, ledger, random, notice, cancelled } = effects;
    const { kind } = error.facts;
    const surelyNotMade = kind === 'refused' || kind === 'not-done';
    if (surelyNotMade)
        ledger.forget(name);
    const wait = (0,retry/* waitBeforeRetry */.jy)(error.facts, round, random(), rounds);
    if (wait === undefined || cancelled.aborted)
        throw error.with({ attempts: round });
    notice(`${error.message} Asking again under a new name.`);
    if (kind === 'unknown')
        await revokeLost(name, error, effects);
    await clock.sleep(wait, cancelled);
}
async function mintOnce(name, { projectId }, effects) {
    const askedAt = effects.clock.now();
    const key = await effects.neon.createOrgApiKey({ key_name: name, ...(projectId ? { project_id: projectId } : {}) });
    effects.mask(key.key);
    effects.ledger.save({ name, askedAt, id: key.id });
    if ((key.project_id || undefined) === projectId)
        return key;
    throw new Error(`Neon made key ${key.id} for ${key.project_id ? `the project ${key.project_id}` : 'the whole organization'}, asked for ${projectId ?? 'the whole organization'}. ` +
        'It is not handed out; the post step revokes it. Please report this with the request id of the debug log.');
}
/** A name that is not found stays in the ledger: the request may still be under way somewhere. */
async function revokeLost(name, lost, { neon, clock, ledger, notice }) {
    for (const ending of await (0,revoke/* revokeKeys */.n)([{ name }], { neon, clock, settleMs: 0, told: () => { } })) {
        if (ending.how === 'failed') {
            const hint = `Whether Neon made the key is not known, and looking failed: ${ending.error.message}\nThe post step looks again.`;
            throw lost.with({ hint });
        }
        if (ending.how !== 'never-made') {
            ledger.forget(name);
            notice(`Neon had made the key after all; its token is lost, so key ${ending.target.id} is revoked.`);
        }
    }
}

// EXTERNAL MODULE: ./build/keys/state.js
var state = __webpack_require__(2600);
// EXTERNAL MODULE: ./build/neon/connect.js + 3 modules
var connect = __webpack_require__(8067);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(4902);
// EXTERNAL MODULE: ./build/text.js
var build_text = __webpack_require__(977);
;// CONCATENATED MODULE: ./build/operations/create-key.js



/** Mints a key; with `lifetime: job` the post step revokes it, with `manual` it lives until somebody does. */
const createKey = async (inputs, step) => {
    const { repositoryId, runId, runAttempt, repository, job } = step.workflowRun();
    const label = inputs.key_name ?? `${repository.split('/').at(-1)} ${job}`;
    const mark = { repositoryId, runId, runAttempt, lifetime: { kind: inputs.lifetime } };
    const { key, name } = await mint({ label, mark, ...(inputs.project_id ? { projectId: inputs.project_id } : {}) }, step);
    step.info(`Minted key ${key.id} "${(0,build_text/* oneLine */.TN)(key.name)}" for ${reach(inputs)}. It lives ${ending(inputs)}.`);
    // A key to keep is no lease any more once it is handed over.
    const delivered = () => inputs.lifetime === 'manual' && step.ledger.forget(name);
    return { ...resultOf(key, inputs), delivered };
};
function resultOf(key, inputs) {
    return {
        changed: true,
        ...(inputs.export_env ? { variables: { NEON_API_KEY: key.key } } : {}),
        outputs: {
            api_key: key.key,
            key_id: key.id,
            key_name: key.name,
            project_id: key.project_id ?? '',
            created_at: key.created_at,
        },
        summary: `### 🔑 A Neon key for ${inputs.lifetime === 'job' ? 'this job' : 'you to keep'}\n\n${(0,markdown/* facts */.Ix)([
            ['Key', (0,markdown/* code */.aY)(key.name)],
            ['Id', (0,markdown/* code */.aY)(key.id)],
            [
                'Reaches',
                inputs.project_id ? `project ${(0,markdown/* code */.aY)(inputs.project_id)}, nothing else` : '⚠️ every project of the organization',
            ],
            ['Lives', ending(inputs)],
            ['Minted', (0,markdown/* time */.kB)(key.created_at)],
        ])}\n`,
    };
}
function reach({ project_id }) {
    return project_id ? `project ${project_id}` : 'every project of the organization';
}
function ending({ lifetime }) {
    return lifetime === 'job' ? 'until this job ends, then its post step revokes it' : 'until somebody revokes it';
}

;// CONCATENATED MODULE: ./build/operations/get-organization.js


/** Reads the organization's details. */
const getOrganization = async (_inputs, { neon, info }) => {
    const organization = await neon.getOrganization();
    info((0,build_text/* oneLine */.TN)(`Organization ${organization.id} is on the plan ${organization.plan}.`));
    return {
        changed: false,
        outputs: {},
        json: { organization },
        summary: `### 🏢 ${(0,markdown/* plain */.pj)(organization.name ?? '')}\n\n${(0,markdown/* facts */.Ix)([
            ['Id', (0,markdown/* code */.aY)(organization.id ?? '')],
            ['Handle', (0,markdown/* code */.aY)(organization.handle ?? '')],
            ['Plan', (0,markdown/* plain */.pj)(organization.plan ?? '')],
            ['Managed by', (0,markdown/* plain */.pj)(organization.managed_by ?? '')],
            [
                'MFA',
                organization.require_mfa === undefined ? 'not told' : organization.require_mfa ? 'required' : 'not required',
            ],
            ['Created', (0,markdown/* time */.kB)(organization.created_at ?? '')],
        ])}\n`,
    };
};

// EXTERNAL MODULE: ./build/neon/endpoints.js
var endpoints = __webpack_require__(183);
;// CONCATENATED MODULE: ./build/operations/list-keys.js




/** Lists live keys, the newest first; Neon never tells a token again. */
const listKeys = async ({ key_name }, step) => {
    const run = step.workflowRun();
    const all = await step.neon.listOrgApiKeys();
    const keys = key_name === undefined ? all : all.filter(({ name }) => isMeantBy(name, key_name, run.repositoryId));
    keys.sort((a, b) => b.created_at.localeCompare(a.created_at));
    step.info(`${(0,build_text/* count */.U9)(keys.length, 'key')}${key_name === undefined ? '' : ` of ${all.length}`}.`);
    return {
        changed: false,
        outputs: { key_count: String(keys.length) },
        json: { keys: keys.map(endpoints/* asNeonWroteIt */.J) },
        summary: `### 🔑 ${(0,build_text/* count */.U9)(keys.length, 'Neon key')}\n\n${keys.length === 0
            ? 'None.'
            : (0,markdown/* table */.tp)(head, keys.map((key) => row(key, run)))}\n`,
    };
};
const head = ['Id', 'Key', 'Reaches', 'Created', 'By', 'Last used', 'Minted by'];
function row(key, run) {
    return [
        (0,markdown/* code */.aY)(key.id),
        (0,markdown/* code */.aY)(key.name),
        key.project_id ? (0,markdown/* code */.aY)(key.project_id) : '⚠️ every project',
        (0,markdown/* time */.kB)(key.created_at),
        (0,markdown/* plain */.pj)(key.created_by?.name ?? ''),
        key.last_used_at ? (0,markdown/* time */.kB)(key.last_used_at) : 'never',
        origin(key.name, run),
    ];
}
const lifetimes = {
    job: 'for its job',
    'pull-request': 'for a pull request',
    manual: 'until revoked',
    duration: 'for a time',
};
/** What the mark in a name says, for people. */
function origin(name, { repositoryId, runsUrl }) {
    const mark = parseName(name)?.mark;
    if (!mark)
        return '';
    const run = mark.repositoryId === repositoryId
        ? `[run ${mark.runId}](${runsUrl}/${mark.runId}/attempts/${mark.runAttempt})`
        : `run ${mark.runId} of repository ${mark.repositoryId}`;
    return `${run}, ${lifetimes[mark.lifetime.kind]}`;
}

// EXTERNAL MODULE: ./build/neon/json.js
var json = __webpack_require__(5495);
// EXTERNAL MODULE: ./build/operations/endings.js
var operations_endings = __webpack_require__(6255);
;// CONCATENATED MODULE: ./build/operations/revoke-key.js





/** Revokes keys by id, by exact name or by label; a key that is gone already counts as success. */
const revokeKey = async (inputs, step) => {
    const targets = await findTargets(inputs, step);
    if (targets.length === 0)
        step.info(`No live key is called "${inputs.key_name}": nothing to do.`);
    const endings = await (0,revoke/* revokeKeys */.n)(targets, { ...step, settleMs: 0, told: (ending) => step.info((0,operations_endings/* sentence */.e)(ending)) });
    const revoked = endings.filter(({ how }) => how === 'revoked');
    const failed = endings.flatMap((ending) => ending.how === 'failed' ? [`${(0,operations_endings/* sentence */.e)(ending)} ${ending.error.message}`] : []);
    const failure = `${(0,build_text/* count */.U9)(failed.length, 'key')} of ${endings.length} not revoked.\n${failed.join('\n')}`;
    return {
        changed: revoked.length > 0,
        outputs: { revoked_count: String(revoked.length) },
        json: { revoked_key_ids: revoked.map(({ target }) => (0,json/* jsonInteger */.R)(target.id)) },
        summary: `### 🗑️ ${(0,build_text/* count */.U9)(revoked.length, 'Neon key')} revoked\n\n${endings.length > 0 ? (0,operations_endings/* endingsTable */.J)(endings) : nothing}\n`,
        ...(failed.length > 0 ? { failure } : {}),
    };
};
const nothing = 'No live key has this name: nothing to do.';
async function findTargets({ key_id = [], key_name }, step) {
    const byId = key_id.map((id) => ({ id, name: '' }));
    if (key_name === undefined)
        return byId;
    const { repositoryId } = step.workflowRun();
    const byName = (await step.neon.listOrgApiKeys()).filter(({ name }) => isMeantBy(name, key_name, repositoryId));
    return [...byId, ...byName.filter(({ id }) => !key_id.includes(id)).map(({ id, name }) => ({ id, name }))];
}

;// CONCATENATED MODULE: ./build/operations/index.js




const operations = {
    'create-key': createKey,
    'revoke-key': revokeKey,
    'list-keys': listKeys,
    'get-organization': getOrganization,
};
/** Runs the operation that the inputs name. */
function perform(inputs, step) {
    const operation = operations[inputs.operation];
    return operation(inputs, step);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/report/result.js



/** GitHub takes 1 MB of outputs from a whole job; a step that takes more than this much leaves too little for others. */
const maxJsonBytes = 256 * 1024;
/**
 * Hands a result over: outputs, then the summary, then the failure.
 * @param folder where JSON goes that is too long for outputs: RUNNER_TEMP, which the runner empties after the job
 */
function report(result, runner, options) {
    const json = Object.entries(result.json ?? {}).map(([name, value]) => [name, JSON.stringify(value)]);
    const bytes = json.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
    runner.setOutput('changed', String(result.changed));
    for (const [name, value] of Object.entries(result.outputs))
        runner.setOutput(name, value);
    for (const [name, value] of Object.entries(result.variables ?? {}))
        runner.exportVariable(name, value);
    if (bytes <= maxJsonBytes)
        for (const [name, text] of json)
            runner.setOutput(name, text);
    else {
        if (!options.folder)
            throw new Error('RUNNER_TEMP must be a folder: the result is too long for outputs.');
        const file = (0,external_node_path_.join)(options.folder, options.fileName);
        (0,external_node_fs_.writeFileSync)(file, `{${json.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`, {
            mode: 0o600,
        });
        runner.setOutput('result_file', file);
        runner.notice(`${json.map(([name]) => `\`${name}\``).join(', ')}: too long for outputs, see the file in the output \`result_file\`.`);
    }
    result.delivered?.();
    if (options.summary)
        runner.appendSummary((0,markdown/* fitSummary */.mW)(result.summary));
    if (result.failure)
        runner.fail(result.failure);
}

// EXTERNAL MODULE: ./build/runner.js
var build_runner = __webpack_require__(5232);
// EXTERNAL MODULE: ./build/version.js
var version = __webpack_require__(8508);
;// CONCATENATED MODULE: ./build/main.js












/** The step: reads the inputs, runs the operation, reports. It never throws; a failure is the exit code and an error. */
async function run(env) {
    const runner = (0,build_runner/* createRunner */.ji)();
    const cancellation = listenForCancel(process, (signal) => runner.info(`${signal}: ending what is under way.`));
    let failing = '';
    try {
        for (const secret of (0,build_inputs/* secretInputs */._y)(env))
            runner.mask(secret);
        (0,build_runner/* checkRunner */.RI)(env, process.versions.node);
        const inputs = await (0,build_inputs/* readInputs */.Ko)(env);
        failing = `\`${inputs.operation}\` failed: `;
        const work = () => performStep(inputs, env, runner, cancellation);
        const result = await runner.group(`neon-org-action: ${inputs.operation}`, work);
        // What was minted meanwhile is in the state and not handed out: the post step revokes it.
        cancellation.cancelled.throwIfAborted();
        const fileName = `neon-${inputs.operation}-${newNonce()}.json`;
        report(result, runner, { summary: inputs.summary, folder: env['RUNNER_TEMP'] ?? '', fileName });
    }
    catch (error) {
        end(error, failing, runner, cancellation.cancelled);
    }
}
async function performStep(inputs, env, runner, { cancelled, abandoned }) {
    const { api_host: apiHost, api_key: apiKey, org_id: orgId, timeout: timeoutMs } = inputs;
    const { random } = Math;
    const { debug } = runner;
    const { neon, close } = await (0,connect/* connectNeon */.Z)({
        apiHost,
        apiKey,
        orgId,
        timeoutMs,
        clock: clock/* systemClock */.m,
        random,
        env,
        cancelled,
        abandoned,
        debug,
    });
    try {
        const ledger = createLedger((leases) => runner.saveState(state/* stateName */.Vi, (0,state/* writeState */.Jq)({ orgId, apiHost, leases })));
        const workflowRun = () => readWorkflowRun(env);
        const event = async () => (await __webpack_require__.e(/* import() */ 740).then(__webpack_require__.bind(__webpack_require__, 3740))).readEvent();
        const github = () => openGitHub(inputs, env, runner, cancelled);
        const step = { ...runner, neon, clock: clock/* systemClock */.m, random, newNonce, ledger, workflowRun, event, github, cancelled };
        return await perform(inputs, step);
    }
    finally {
        await close();
    }
}
/** Loads and opens GitHub's API: most steps do not need it. */
async function openGitHub({ github_token: token, github_api_url, timeout: timeoutMs }, env, { notice, debug }, cancelled) {
    if (token === undefined)
        throw new Error('`github_token` is empty: this operation asks GitHub, and needs a token for it.');
    const apiUrl = github_api_url ?? new URL(env['GITHUB_API_URL'] || 'https://api.github.com');
    const { connectGitHub } = await Promise.all(/* import() */[__webpack_require__.e(167), __webpack_require__.e(811)]).then(__webpack_require__.bind(__webpack_require__, 1811));
    return connectGitHub({ apiUrl, token, userAgent: version/* userAgent */.N, timeoutMs, env, cancelled, notice, debug });
}
/** 48 random bits as ten lower-case letters and digits. */
function newNonce() {
    return (0,external_node_crypto_.randomBytes)(6).readUIntBE(0, 6).toString(36).padStart(10, '0');
}
const signalExitCodes = { SIGINT: 130, SIGTERM: 143 };
function end(error, failing, runner, cancelled) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    if (cancelled.reason instanceof Cancelled) {
        if (error !== cancelled.reason)
            runner.info(message);
        runner.info(`The step was ${cancelled.reason.message}. What it had begun is left to its post step.`);
        process.exitCode = signalExitCodes[cancelled.reason.signal] ?? 1;
    }
    else
        runner.fail(failing + message);
    runner.debug(stack ?? '');
}


/***/ })

};
