export const id = 569;
export const ids = [569,229];
export const modules = {

/***/ 7307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nq: () => (/* binding */ cannotSee),
/* harmony export */   b2: () => (/* binding */ isMissing),
/* harmony export */   c4: () => (/* binding */ isNotFound),
/* harmony export */   y_: () => (/* binding */ GitHubError)
/* harmony export */ });
class GitHubError extends Error {
    name = 'GitHubError';
    facts;
    constructor(facts, cause) {
        super(describeGitHubFailure(facts), { cause });
        this.facts = facts;
    }
}
function describeGitHubFailure({ method, route, status, reason, requestId, hint }) {
    const id = requestId ? ` (request ID ${requestId})` : '';
    const line = status === undefined
        ? `GitHub sent no usable response to ${method} ${route}: ${reason}.`
        : `GitHub responded to ${method} ${route} with ${status} ${reason}${id}.`;
    return hint ? `${line}\n${hint}` : line;
}
function isMissing(error) {
    return error instanceof GitHubError && error.facts.status === 404 && error.facts.refused === true;
}
function isNotFound(error) {
    return error instanceof GitHubError && error.facts.status === 404 && !error.facts.maybeDone;
}
function cannotSee(error) {
    if (!(error instanceof GitHubError))
        return false;
    if (error.facts.maybeDone)
        return false;
    return error.facts.status === 404 || (error.facts.status === 403 && !/rate limit|abuse/i.test(error.facts.reason));
}


/***/ }),

/***/ 7747:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $r: () => (/* binding */ targetOf),
/* harmony export */   aM: () => (/* binding */ tryRevoke),
/* harmony export */   bk: () => (/* binding */ listLagMs),
/* harmony export */   i$: () => (/* binding */ mayHaveRevoked),
/* harmony export */   nM: () => (/* binding */ revokeKeys)
/* harmony export */ });
/* unused harmony export isAboutAdminKey */
/* harmony import */ var _lib_parallel_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2257);
/* harmony import */ var _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(666);


function targetOf({ id, name, created_at }) {
    return { id, name, createdAt: Date.parse(created_at) };
}
const listLagMs = 10_000;
const maxConcurrentRevocations = 6;
const revokeRounds = 3;
const stillListed = `Neon still lists the key after ${revokeRounds} attempts to revoke it.`;
async function revokeKeys(targets, effects) {
    const { neon, clock, cancelled, onOutcome, onWait } = effects;
    const revocations = [];
    const end = (revocation) => {
        revocations.push(revocation);
        onOutcome(revocation);
    };
    const recentFrom = clock.now() + listLagMs;
    const work = { neon, end, maybeRevoked: new Set(), isRecent: () => clock.now() >= recentFrom };
    const undecided = await revokeInRounds(targets, work);
    if (undecided.length > 0) {
        const waitMs = Math.min(Math.max(recentFrom - clock.now(), 0), listLagMs);
        if (waitMs > 0)
            onWait?.(undecided.length, waitMs);
        await clock.sleep(waitMs, cancelled);
        await revokeInRounds(undecided, { ...work, isRecent: () => true });
    }
    return revocations;
}
async function revokeInRounds(targets, work) {
    const undecided = [];
    let open = targets;
    let listed = [];
    for (let round = 1; round <= revokeRounds && open.length > 0; round += 1) {
        const doubts = await revokeById(open, work);
        listed = doubts.length === 0 ? [] : await settleByList(doubts, undecided, work);
        open = listed.map(({ target }) => target);
    }
    for (const { target, error } of listed)
        work.end({ target, how: 'failed', error: error.with({ hint: stillListed }) });
    return undecided;
}
async function revokeById([first, ...rest], { neon, end, maybeRevoked }) {
    const doubts = [];
    let unauthorized;
    const revoke = async (target) => {
        const error = unauthorized ?? (await tryRevoke(target.id, neon));
        if (error && isAboutAdminKey(error))
            unauthorized = error;
        if (error && mayHaveRevoked(error))
            maybeRevoked.add(target);
        if (error && isRefusedForGood(error))
            end({ target, how: 'failed', error });
        else if (error)
            doubts.push({ target, error });
        else
            end({ target, how: 'revoked' });
    };
    if (first)
        await revoke(first);
    await (0,_lib_parallel_js__WEBPACK_IMPORTED_MODULE_1__/* .inParallel */ .H)(rest, maxConcurrentRevocations, revoke);
    return doubts;
}
async function tryRevoke(id, neon) {
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
function isAboutAdminKey({ facts: { kind, status } }) {
    return kind === 'refused' && status === 401;
}
function isRefusedForGood({ facts }) {
    return facts.kind === 'refused' && facts.status !== 404;
}
async function settleByList(doubts, undecided, { neon, end, maybeRevoked, isRecent }) {
    const isRecentForAll = isRecent();
    let keys;
    try {
        keys = await neon.listOrgApiKeys();
    }
    catch (error) {
        if (!(error instanceof _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .NeonError */ .T))
            throw error;
        for (const doubt of doubts)
            end({ target: doubt.target, how: 'failed', error: doubt.error });
        return [];
    }
    const listed = new Set(keys.map(({ id }) => id));
    const missing = doubts.map(({ target }) => target).filter(({ id }) => !listed.has(id));
    const newest = newestOf(keys);
    for (const target of missing) {
        const { createdAt = Number.NaN } = target;
        if (isRecentForAll || newest >= createdAt + listLagMs)
            end({ target, how: maybeRevoked.has(target) ? 'revoked' : 'already-revoked' });
        else
            undecided.push(target);
    }
    return doubts.filter(({ target }) => listed.has(target.id));
}
function newestOf(keys) {
    return keys.reduce((newest, { created_at }) => Math.max(newest, Date.parse(created_at) || 0), 0);
}
function mayHaveRevoked({ facts: { kind, maybeDone }, wasNeverSent }) {
    return maybeDone === true || !(kind === 'refused' || wasNeverSent);
}


/***/ }),

/***/ 8982:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dc: () => (/* binding */ maxActiveKeys),
/* harmony export */   QI: () => (/* binding */ judgeRotation),
/* harmony export */   is: () => (/* binding */ keysOfSecret),
/* harmony export */   mu: () => (/* binding */ mayHoldForeignKey),
/* harmony export */   zj: () => (/* binding */ secretIdOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _github_run_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6894);
/* harmony import */ var _name_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4518);



const maxActiveKeys = 50;
function judgeRotation(history, stored) {
    const now = Math.min(history.listedAt, stored?.createdAt ?? Number.POSITIVE_INFINITY);
    const unstored = new Set(history.keys.filter((key) => wasNeverStored(key, { ...history, listedAt: now })));
    const successors = history.keys.filter((key) => !unstored.has(key)).map(({ createdAt }) => createdAt);
    const replacedUntil = stored && endsOf([...successors, stored.createdAt], stored, now);
    return history.keys.map((key) => {
        if (unstored.has(key))
            return { key, verdict: 'never-stored' };
        const until = replacedUntil?.(key.createdAt);
        return until !== undefined && until <= now ? { key, verdict: 'replaced' } : { key, verdict: 'keep', until };
    });
}
function wasNeverStored({ createdAt }, { listedAt, updatedAt = Number.NaN }) {
    return listedAt - createdAt > _name_js__WEBPACK_IMPORTED_MODULE_2__/* .storedWithinMs */ .PV && createdAt - updatedAt > _name_js__WEBPACK_IMPORTED_MODULE_2__/* .storedWithinMs */ .PV;
}
function endsOf(successors, stored, now) {
    const sorted = successors.filter((createdAt) => !Number.isNaN(createdAt)).sort((a, b) => a - b);
    return (createdAt) => {
        const isLater = (other) => other - createdAt > _name_js__WEBPACK_IMPORTED_MODULE_2__/* .storedWithinMs */ .PV;
        if (!isLater(stored.createdAt))
            return undefined;
        if (stored.graceMs === 0)
            return now;
        const successor = firstOf(sorted, isLater);
        return successor === undefined ? undefined : successor + stored.graceMs + _name_js__WEBPACK_IMPORTED_MODULE_2__/* .storedWithinMs */ .PV;
    };
}
function firstOf(sorted, holds) {
    let [from, to] = [0, sorted.length];
    while (from < to) {
        const middle = (from + to) >>> 1;
        if (holds(sorted[middle]))
            to = middle;
        else
            from = middle + 1;
    }
    return sorted[from];
}
function mayHoldForeignKey({ keys, updatedAt }) {
    if (updatedAt === undefined)
        return false;
    return !keys.some(({ createdAt }) => Math.abs(updatedAt - createdAt) <= _name_js__WEBPACK_IMPORTED_MODULE_2__/* .storedWithinMs */ .PV);
}
function keysOfSecret(keys, secretId) {
    return keys.flatMap(({ id, name, created_at }) => {
        const lifetime = (0,_name_js__WEBPACK_IMPORTED_MODULE_2__/* .parseKeyName */ .wN)(name)?.mark.lifetime;
        const belongsToSecret = lifetime?.kind === 'rotation' && lifetime.secretId === secretId;
        return belongsToSecret ? { id, name, createdAt: Date.parse(created_at) } : [];
    });
}
function secretIdOf({ name, scope, environment = '' }, run) {
    const scopeId = scope === 'organization' ? (0,_github_run_js__WEBPACK_IMPORTED_MODULE_1__/* .repositoryOf */ ._M)(run).owner.toLowerCase() : run.repositoryId;
    const secret = [run.server ?? '', scope, scopeId, environment.toLowerCase(), name.toUpperCase()];
    const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(JSON.stringify(secret)).digest();
    return digest.readBigUInt64BE().toString(36).padStart(13, '0').slice(-10);
}


/***/ }),

/***/ 253:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ws: () => (/* binding */ TooManyKeysError),
/* harmony export */   aq: () => (/* binding */ StorageError),
/* harmony export */   hr: () => (/* binding */ SecretNotDeletedError)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4869);
/* harmony import */ var _secret_place_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7935);


class StorageError extends Error {
    name = 'StorageError';
    problem;
    constructor(keyId, problem, revocation) {
        super(`${storageProblemText(keyId, problem)}\n${newKeyText(keyId, problem, revocation)}`);
        this.problem = problem;
    }
}
function storageProblemText(keyId, problem) {
    if (problem.reason === 'not-accepted') {
        const { message } = problem.error.with({ hint: '' });
        return `Neon did not accept the new key ${keyId} within a minute of its creation. ${message}`;
    }
    if (problem.reason === 'not-released')
        return `The state for the post step could not be saved: ${problem.error.message}.`;
    if (problem.reason !== 'too-late')
        return problem.error.message;
    return Number.isNaN(problem.ageMs)
        ? `Neon did not report when it created the new key ${keyId}, so its age is unknown.`
        : `The new key ${keyId} is ${Math.round(problem.ageMs / 60_000)} minutes old, too old to be stored safely. The runner may have been suspended.`;
}
function newKeyText(keyId, { reason }, revocation) {
    if (reason === 'unknown') {
        return (`Whether the secret holds the new key ${keyId} is unknown, so the key stays active. ` +
            'Run this job again to store another key.');
    }
    if (revocation?.how === 'failed') {
        return `The new key ${keyId} was not stored and could not be revoked; the post step tries again. ${revocation.error.message}`;
    }
    return `The new key ${keyId} was not stored and has been revoked. The secret is unchanged.`;
}
class TooManyKeysError extends Error {
    name = 'TooManyKeysError';
    constructor(activeKeys) {
        super(`${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(activeKeys, 'key')} of this secret are active, so \`rotate-key\` does not create another one. ` +
            'Find the keys with `list-keys`, and revoke those that are not in use with `revoke-key` and `key_id`.');
    }
}
class SecretNotDeletedError extends Error {
    name = 'SecretNotDeletedError';
    constructor(place, error) {
        super(`The ${(0,_secret_place_js__WEBPACK_IMPORTED_MODULE_1__/* .secretLabel */ .R)(place)} could not be deleted, so no key was revoked. ${error.message}\n` +
            'To revoke a key immediately even though the secret may hold it, set `key_id` instead of `secret_name`.');
    }
}


/***/ }),

/***/ 2229:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LN: () => (/* binding */ storeKey),
/* harmony export */   L_: () => (/* binding */ revokeUnstored),
/* harmony export */   mintIntoSecret: () => (/* binding */ mintIntoSecret),
/* harmony export */   openSecret: () => (/* binding */ openSecret),
/* harmony export */   xg: () => (/* binding */ removeSecret)
/* harmony export */ });
/* harmony import */ var _github_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7307);
/* harmony import */ var _github_run_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6894);
/* harmony import */ var _ledger_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3868);
/* harmony import */ var _mint_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4668);
/* harmony import */ var _render_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5189);
/* harmony import */ var _revoke_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7747);
/* harmony import */ var _secret_errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(253);







async function openSecret(place, { github, workflowRun }) {
    const { secretAt } = await __webpack_require__.e(/* import() */ 907).then(__webpack_require__.bind(__webpack_require__, 5907));
    return secretAt(await github(), (0,_github_run_js__WEBPACK_IMPORTED_MODULE_1__/* .repositoryOf */ ._M)(workflowRun()), place);
}
async function removeSecret(secret, place) {
    try {
        return await secret.remove();
    }
    catch (error) {
        throw error instanceof _github_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitHubError */ .y_ ? new _secret_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .SecretNotDeletedError */ .hr(place, error) : error;
    }
}
async function mintIntoSecret(request, secret, effects) {
    const seal = await secret.prepare();
    const minted = await (0,_mint_js__WEBPACK_IMPORTED_MODULE_3__/* .mint */ .X)(request, effects);
    await storeKey(seal, minted, effects);
    return minted;
}
async function storeKey(seal, minted, effects) {
    const { ledger, cancelled, notice } = effects;
    const write = seal(minted.key.key);
    cancelled.throwIfAborted();
    try {
        ledger.release(minted.name);
    }
    catch (error) {
        if (error instanceof _ledger_js__WEBPACK_IMPORTED_MODULE_2__/* .PostStarted */ .E1)
            throw error;
        throw await revokeUnstored(minted, { reason: 'not-released', error: error }, effects);
    }
    try {
        await write();
    }
    catch (error) {
        if (!(error instanceof _github_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitHubError */ .y_)) {
            notice(`Whether the secret holds the new key ${minted.key.id} is unknown, so the key stays active.`);
            throw error;
        }
        if (!isDefiniteRefusal(error))
            throw new _secret_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .StorageError */ .aq(minted.key.id, { reason: 'unknown', error });
        throw await revokeUnstored(minted, { reason: 'refused', error }, effects);
    }
}
function isDefiniteRefusal({ facts: { status = 0, maybeDone } }) {
    return !maybeDone && status >= 400 && status < 500 && status !== 404;
}
async function revokeUnstored(minted, problem, effects) {
    const { neon, clock, cancelled, ledger, info } = effects;
    const { key, name } = minted;
    saveIfPossible(() => ledger.reopen({ name, requestedAt: clock.now(), id: key.id }));
    const target = { name, id: key.id, createdAt: Date.parse(key.created_at) };
    const onWait = (keyCount, waitMs) => info((0,_render_js__WEBPACK_IMPORTED_MODULE_4__.waitLine)(keyCount, waitMs));
    const [revocation] = await (0,_revoke_js__WEBPACK_IMPORTED_MODULE_5__/* .revokeKeys */ .nM)([target], { neon, clock, cancelled, onOutcome: () => { }, onWait });
    if (revocation?.how !== 'failed')
        saveIfPossible(() => ledger.forget(name));
    return new _secret_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .StorageError */ .aq(key.id, problem, revocation);
}
function saveIfPossible(save) {
    try {
        save();
    }
    catch (error) {
        if (error instanceof _ledger_js__WEBPACK_IMPORTED_MODULE_2__/* .PostStarted */ .E1)
            throw error;
    }
}


/***/ }),

/***/ 2257:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ inParallel)
/* harmony export */ });
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

/***/ 2569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  revokeKey: () => (/* binding */ revokeKey)
});

// EXTERNAL MODULE: ./build/keys/render.js
var render = __webpack_require__(5189);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/runner/markdown.js
var markdown = __webpack_require__(1134);
// EXTERNAL MODULE: ./build/keys/name.js
var keys_name = __webpack_require__(4518);
// EXTERNAL MODULE: ./build/keys/secret-place.js
var secret_place = __webpack_require__(7935);
;// CONCATENATED MODULE: ./build/keys/render-revoke.js





const nothingToRevoke = 'No matching key is active, so there is nothing to revoke.';
function secretRemoval(place, removed, keysFound) {
    const label = (0,secret_place/* secretLabel */.R)(place);
    if (!removed)
        return { text: `There is no ${label} to delete.`, isWarning: false };
    if (keysFound)
        return { text: `Deleted the ${label}.`, isWarning: false };
    const text = `Deleted the ${label}, but found no key for it, so the key that it held may still be active. ` +
        'Find it with `list-keys` and revoke it with `revoke-key`.';
    return { text, isWarning: true };
}
function keptFromRevocation({ id, name, created_at }) {
    return (`Key ${id} "${(0,lib_text/* oneLine */.TN)(name)}" was not revoked: it is less than two hours old, so a step may still be storing it in a secret. ` +
        `After ${storableUntil(created_at)}, \`sweep-keys\` revokes it if its pull request is closed. To revoke it now, run \`revoke-key\` with \`key_id: ${id}\`.`);
}
function storableUntil(created_at) {
    const until = Date.parse(created_at) + keys_name/* storedWithinMs */.PV;
    return Number.isNaN(until) ? 'that time' : (0,markdown/* time */.kB)(new Date(until).toISOString());
}
function revocationSummary(revoked, revocations, storing, secret) {
    const none = storing.length === 0 ? nothingToRevoke : '';
    const kept = storing.map(({ id, name, created_at }) => [(0,markdown/* code */.aY)(name), (0,markdown/* code */.aY)(id), storableUntil(created_at)]);
    const parts = [
        `### 🗑️ ${(0,lib_text/* count */.U9)(revoked, 'Neon key')} revoked`,
        revocations.length > 0 ? (0,render.revocationsTable)(revocations) : none,
        kept.length > 0 ? `#### Left to \`sweep-keys\`\n\n${(0,markdown/* table */.tp)(['Key', 'ID', 'Kept until'], kept)}` : '',
        secret ? (0,markdown/* plain */.pj)(secretRemoval(secret.place, secret.removed, true).text) : '',
    ];
    return `${parts.filter(Boolean).join('\n\n')}\n`;
}

// EXTERNAL MODULE: ./build/keys/revoke.js
var revoke = __webpack_require__(7747);
// EXTERNAL MODULE: ./build/keys/rotation-rule.js
var rotation_rule = __webpack_require__(8982);
// EXTERNAL MODULE: ./build/keys/secret-store.js
var secret_store = __webpack_require__(2229);
;// CONCATENATED MODULE: ./build/keys/select-keys.js


function selectKeys(keys, { keyName, secretId, origin }, now) {
    const selection = { selected: [], storing: [] };
    for (const key of keys) {
        const lifetime = (0,keys_name/* parseKeyName */.wN)(key.name)?.mark.lifetime;
        const belongsToSecret = lifetime?.kind === 'rotation' && lifetime.secretId === secretId;
        if (belongsToSecret || key.name === keyName)
            selection.selected.push(key);
        else if (keyName !== undefined && lifetime && (0,keys_name/* hasLabel */.RX)(key.name, keyName, origin)) {
            const isSwept = lifetime.kind === 'pull-request' && (0,keys_name/* mayBeInSecret */.S4)(lifetime);
            const isOld = now - Date.parse(key.created_at) > keys_name/* storedWithinMs */.PV;
            selection[isSwept && !isOld ? 'storing' : 'selected'].push(key);
        }
    }
    return selection;
}
async function revokeAndName(targets, neon, effects) {
    const names = new Map();
    const recording = {
        listOrgApiKeys: () => neon.listOrgApiKeys(),
        revokeOrgApiKey: async (id) => {
            const key = await neon.revokeOrgApiKey(id);
            names.set(id, key.name);
            return key;
        },
    };
    const named = (revocation) => {
        const { id = '', name } = revocation.target;
        return { ...revocation, target: { ...revocation.target, name: name || (names.get(id) ?? '') } };
    };
    const onOutcome = (revocation) => effects.onOutcome(named(revocation));
    return (await (0,revoke/* revokeKeys */.nM)(targets, { ...effects, neon: recording, onOutcome })).map(named);
}

;// CONCATENATED MODULE: ./build/operations/revoke-key.js







const revokeKey = async (inputs, context) => {
    const { key_id: ids = [] } = inputs;
    const place = (0,secret_place/* placeOf */.$)(inputs);
    const { selected, storing } = await findKeys(inputs, place, context);
    const named = selected.filter(({ id }) => !ids.includes(id)).map(revoke/* targetOf */.$r);
    const targets = [...ids.map((id) => ({ id, name: '' })), ...named];
    const removed = place && (await (0,secret_store/* removeSecret */.xg)(await (0,secret_store.openSecret)(place, context), place));
    if (place) {
        const found = targets.length + storing.length > 0;
        const { text, isWarning } = secretRemoval(place, removed === true, found);
        context[isWarning ? 'warning' : 'info'](text);
    }
    if (targets.length === 0)
        context.info(nothingToRevoke);
    const onOutcome = (revocation) => context.info((0,render.revocationLine)(revocation));
    const onWait = (keyCount, waitMs) => context.info((0,render.waitLine)(keyCount, waitMs));
    const revocations = await revokeAndName(targets, context.neon, { ...context, onOutcome, onWait });
    for (const key of storing)
        context.notice(keptFromRevocation(key));
    const { revoked, outputs, json, failed } = (0,render.resultOfRevocations)(revocations);
    const summary = revocationSummary(revoked, revocations, storing, place && { place, removed: removed === true });
    return { changed: revoked > 0 || removed === true, outputs, json, summary, ...failed };
};
async function findKeys({ key_id = [], key_name: keyName }, place, { neon, workflowRun }) {
    if (keyName === undefined && (!place || key_id.length > 0))
        return { selected: [], storing: [] };
    const origin = workflowRun();
    const keys = await neon.listOrgApiKeys();
    return selectKeys(keys, { keyName, secretId: place && (0,rotation_rule/* secretIdOf */.zj)(place, origin), origin }, neon.now());
}


/***/ })

};
