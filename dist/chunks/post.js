export const id = 756;
export const ids = [756,242,108];
export const modules = {

/***/ 1242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   endLeases: () => (/* binding */ endLeases),
/* harmony export */   landingMs: () => (/* binding */ landingMs)
/* harmony export */ });
/* harmony import */ var _lib_backoff_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2024);
/* harmony import */ var _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(666);
/* harmony import */ var _name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4518);
/* harmony import */ var _revoke_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7747);




const landingMs = 30_000;
const firstPassWaitMs = 1000;
const duplicatesMs = 15_000;
async function endLeases(leases, effects) {
    const work = new LeaseWork(leases, effects);
    if (work.hasYoungKey())
        await work.readList();
    for (let pass = 1; !work.isDone(); pass += 1) {
        await work.revokeOpen();
        if (!work.isDone())
            await work.readList();
        if (work.hasUntried())
            continue;
        const waitMs = work.waitAfter(pass);
        if (work.isDone() || waitMs === undefined)
            break;
        await effects.clock.sleep(waitMs);
    }
    return work.finish();
}
class LeaseWork {
    leases;
    effects;
    startedAt;
    unsettled;
    open = new Map();
    leasesWithKey = new Set();
    known = new Set();
    revocations = [];
    listError;
    constructor(leases, effects) {
        this.leases = leases;
        this.effects = effects;
        this.startedAt = effects.clock.now();
        this.unsettled = new Set(leases);
        for (const lease of leases)
            if (lease.id !== undefined)
                this.add(lease, lease, lease.id);
    }
    isDone() {
        return this.open.size === 0 && this.unsettled.size === 0;
    }
    hasUntried() {
        return [...this.open.values()].some(({ attempts }) => attempts === 0);
    }
    hasYoungKey() {
        return this.leases.some(({ id, respondedAt }) => id !== undefined && (respondedAt ?? 0) > this.startedAt - _revoke_js__WEBPACK_IMPORTED_MODULE_2__/* .listLagMs */ .bk);
    }
    async revokeOpen() {
        await Promise.all([...this.open].map(async ([id, key]) => {
            const error = await (0,_revoke_js__WEBPACK_IMPORTED_MODULE_2__/* .tryRevoke */ .aM)(id, this.effects.neon);
            if (!error)
                return this.end(id, { target: key.target, how: 'revoked' });
            key.attempts += 1;
            key.error = error;
            key.mayHaveRevoked ||= (0,_revoke_js__WEBPACK_IMPORTED_MODULE_2__/* .mayHaveRevoked */ .i$)(error);
        }));
    }
    async readList() {
        const { neon, clock } = this.effects;
        const requestedAt = clock.now();
        try {
            const keys = await neon.listOrgApiKeys();
            this.listError = undefined;
            this.applyList(keys, requestedAt);
        }
        catch (error) {
            if (!(error instanceof _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .NeonError */ .T))
                throw error;
            this.listError = error;
        }
    }
    waitAfter(pass) {
        const now = this.effects.clock.now();
        const leftMs = Math.min(this.effects.until, this.hasOnlyDuplicates() ? this.startedAt + duplicatesMs : Infinity) - now;
        const errors = [this.listError, ...[...this.open.values()].map(({ error }) => error)];
        const retryAfterMs = Math.max(0, ...errors.map((error) => error?.facts.retryAfterMs ?? 0));
        const waitMs = (0,_lib_backoff_js__WEBPACK_IMPORTED_MODULE_3__/* .waitWithin */ .r)(leftMs, Math.max((0,_lib_backoff_js__WEBPACK_IMPORTED_MODULE_3__/* .backoffMs */ .j)(pass, firstPassWaitMs), retryAfterMs));
        if (waitMs === undefined)
            return undefined;
        const hasOnlyToSettle = this.open.size === 0 && !this.listError;
        return hasOnlyToSettle ? Math.max(0, Math.min(waitMs, this.settledAt([...this.unsettled]) - now)) : waitMs;
    }
    hasOnlyDuplicates() {
        return this.open.size === 0 && [...this.unsettled].every(({ id }) => id !== undefined);
    }
    finish() {
        for (const [id, { target, lease, attempts, error }] of this.open) {
            if (!error)
                continue;
            this.unsettled.delete(lease);
            this.end(id, { target, how: 'failed', error: error.with({ attempts }) });
        }
        for (const lease of this.unsettled) {
            this.report({ target: lease, how: 'unsettled', until: this.settledAt([lease]), error: this.listError });
        }
        return this.revocations;
    }
    applyList(keys, requestedAt) {
        const listed = new Set(keys.map(({ id }) => id));
        const witnesses = this.leases.filter(({ id }) => id !== undefined && listed.has(id));
        const recentTo = Math.max(requestedAt - _revoke_js__WEBPACK_IMPORTED_MODULE_2__/* .listLagMs */ .bk, ...witnesses.map((lease) => lease.respondedAt ?? 0));
        for (const lease of this.leases) {
            for (const { id, name } of keys)
                if ((0,_name_js__WEBPACK_IMPORTED_MODULE_1__/* .hasMarkOf */ .d7)(name, lease.name))
                    this.add({ id, name }, lease, id);
            if (this.lastKeyAt(lease) <= recentTo)
                this.settle(lease, listed);
        }
    }
    settle(lease, listed) {
        const wasUnsettled = this.unsettled.delete(lease);
        for (const [id, key] of this.open) {
            if (key.lease === lease && !listed.has(id))
                this.end(id, { target: key.target, how: key.mayHaveRevoked ? 'revoked' : 'already-revoked' });
        }
        const wasRequested = lease.requestedAt !== undefined;
        if (wasUnsettled && wasRequested && !this.leasesWithKey.has(lease))
            this.report({ target: lease, how: 'not-found' });
    }
    add(target, lease, id) {
        this.leasesWithKey.add(lease);
        if (this.known.has(id))
            return;
        this.known.add(id);
        this.open.set(id, { target, lease, attempts: 0, mayHaveRevoked: false });
    }
    end(id, revocation) {
        this.open.delete(id);
        this.report(revocation);
    }
    report(revocation) {
        this.revocations.push(revocation);
        this.effects.onOutcome(revocation);
    }
    lastKeyAt({ requestedAt, respondedAt }) {
        if (respondedAt !== undefined)
            return Math.min(respondedAt, this.startedAt);
        return Math.min(requestedAt ?? this.startedAt, this.startedAt) + Math.max(landingMs, this.effects.timeoutMs);
    }
    settledAt(leases) {
        return Math.max(...leases.map((lease) => this.lastKeyAt(lease) + _revoke_js__WEBPACK_IMPORTED_MODULE_2__/* .listLagMs */ .bk));
    }
}


/***/ }),

/***/ 8108:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   activeKeys: () => (/* binding */ activeKeys),
/* harmony export */   activeLeases: () => (/* binding */ activeLeases),
/* harmony export */   endedEarly: () => (/* binding */ endedEarly),
/* harmony export */   possibleDuplicates: () => (/* binding */ possibleDuplicates),
/* harmony export */   postFailed: () => (/* binding */ postFailed),
/* harmony export */   postSummary: () => (/* binding */ postSummary)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4869);
/* harmony import */ var _render_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5189);


const endedEarly = 'The post step ended before it had revoked the key of this step.';
function postFailed(error) {
    return `The post step could not revoke the key of this step. ${error instanceof Error ? error.message : String(error)}`;
}
function postSummary(revocations) {
    const active = revocations.filter(mayBeActive).length;
    const revoked = revocations.filter(({ how }) => how === 'revoked').length;
    const title = active > 0
        ? `❌ ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(active, 'Neon key')} may still be active`
        : `🔒 ${revoked > 0 ? `${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(revoked, 'Neon key')} revoked` : 'No Neon key to revoke'} after the job`;
    return `### ${title}\n\n${(0,_render_js__WEBPACK_IMPORTED_MODULE_0__.revocationsTable)(revocations)}\n`;
}
function activeKeys(revocations, state) {
    const active = revocations.filter(mayBeActive);
    if (active.length === 0)
        return undefined;
    const isRefusedKey = active.some(({ error }) => error?.facts.status === 401);
    const targets = active.map(({ target }) => target);
    const what = active.map((revocation) => `${activeKey(revocation)}${causeText(revocation.error)}`);
    return [...what, isRefusedKey ? adviceWithoutKey(targets) : adviceWithKey(targets, state)].join('\n');
}
function activeLeases(leases, state) {
    const reason = 'In the post step, `api_key` is empty or not a Neon API key. GitHub evaluates the input again for the post step.';
    return [...leases.map((lease) => activeKey({ target: lease })), reason, adviceWithKey(leases, state)].join('\n');
}
function possibleDuplicates(revocations) {
    const doubts = revocations.filter((one) => one.how === 'unsettled' && one.target.id !== undefined);
    if (doubts.length === 0)
        return undefined;
    return doubts.map((doubt) => `${(0,_render_js__WEBPACK_IMPORTED_MODULE_0__.revocationLine)(doubt)}${causeText(doubt.error)}`).join('\n');
}
function mayBeActive(revocation) {
    return revocation.how === 'failed' || (revocation.how === 'unsettled' && revocation.target.id === undefined);
}
function activeKey({ target: { id, name } }) {
    return id === undefined
        ? `A key named "${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(name)}" may still be active.`
        : `Key ${id} "${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(name)}" may still be active.`;
}
function causeText(error) {
    return error ? ` ${error.message}` : '';
}
function adviceWithoutKey(targets) {
    const ids = targets.flatMap(({ id }) => id ?? []);
    const name = targets.length === 1 ? 'that name' : 'each name';
    const what = ids.length === targets.length ? `\`key_id: ${ids.join(', ')}\`` : `\`key_name\` set to ${name}`;
    return `Revoke ${it(targets)} in the Neon Console, or run \`revoke-key\` with ${what} and the key of another admin.`;
}
function adviceWithKey(targets, { orgId, apiHost, isPersonal }) {
    const path = isPersonal ? '/api_keys' : `/organizations/${orgId}/api_keys`;
    const keys = `${apiHost.href.replace(/\/$/, '')}${path}`;
    const curl = 'curl -H "Authorization: Bearer $ADMIN_KEY"';
    const ids = targets.flatMap(({ id }) => id ?? []);
    const unnamed = ids.length < targets.length;
    const find = unnamed ? ` Look up the ID by the name: ${curl} ${keys}` : '';
    const urls = [...ids, ...(unnamed ? ['<id>'] : [])].map((id) => `${keys}/${id}`);
    return `To revoke ${it(targets)}, set ADMIN_KEY to the value of \`api_key\`.${find}\nThen run: ${curl} -X DELETE ${urls.join(' ')}`;
}
function it(targets) {
    return targets.length === 1 ? 'it' : 'them';
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

/***/ 6131:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ performPost)
/* harmony export */ });
/* harmony import */ var _inputs_read_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8189);
/* harmony import */ var _runner_commands_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(804);


async function performPost(env, { endedEarly, failed, withAdvice = (text) => text }, work) {
    const runner = (0,_runner_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .createRunner */ .j)();
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => runner.info(`Received ${signal}: still revoking keys.`));
    }
    for (const secret of (0,_inputs_read_js__WEBPACK_IMPORTED_MODULE_0__/* .secretInputs */ ._y)(env))
        runner.mask(secret);
    const inputs = (0,_inputs_read_js__WEBPACK_IMPORTED_MODULE_0__/* .readPostInputs */ ._J)(env);
    const reportProblem = (text) => (inputs.warnOnly ? runner.warning : runner.fail)(withAdvice(text));
    const unfinished = () => reportProblem(endedEarly);
    process.once('exit', unfinished);
    try {
        await work({ runner, inputs, reportProblem });
    }
    catch (error) {
        reportProblem(failed(error));
        runner.debug(error?.stack ?? '');
    }
    process.off('exit', unfinished);
}


/***/ }),

/***/ 6756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runKeyless: () => (/* binding */ runKeyless),
/* harmony export */   runPost: () => (/* binding */ runPost)
/* harmony export */ });
/* harmony import */ var _keys_end_leases_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1242);
/* harmony import */ var _keys_ledger_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3868);
/* harmony import */ var _keys_render_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5189);
/* harmony import */ var _keys_render_post_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8108);
/* harmony import */ var _keys_state_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(2600);
/* harmony import */ var _lib_clock_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4570);
/* harmony import */ var _neon_connect_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7683);
/* harmony import */ var _neon_endpoints_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(183);
/* harmony import */ var _neon_retry_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9267);
/* harmony import */ var _post_step_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6131);
/* harmony import */ var _runner_help_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1945);
/* harmony import */ var _runner_post_marker_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6456);
/* harmony import */ var _runner_released_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1076);













const longestRequestMs = 10_000;
const runKeyless = async (env) => (await __webpack_require__.e(/* import() */ 767).then(__webpack_require__.bind(__webpack_require__, 6767))).runKeylessPost(env);
async function runPost(env) {
    const texts = { endedEarly: _keys_render_post_js__WEBPACK_IMPORTED_MODULE_3__.endedEarly, failed: _keys_render_post_js__WEBPACK_IMPORTED_MODULE_3__.postFailed, withAdvice: _runner_help_js__WEBPACK_IMPORTED_MODULE_8__.withHelp };
    await (0,_post_step_js__WEBPACK_IMPORTED_MODULE_7__/* .performPost */ .g)(env, texts, async (step) => {
        const { runner, inputs, reportProblem } = step;
        const saved = (0,_keys_state_js__WEBPACK_IMPORTED_MODULE_11__/* .readState */ .un)(env[`STATE_${_keys_state_js__WEBPACK_IMPORTED_MODULE_11__/* .stateName */ .Vi}`] ?? '');
        const state = { ...saved, leases: (0,_keys_ledger_js__WEBPACK_IMPORTED_MODULE_1__/* .unreleased */ .rH)(saved.leases, (0,_runner_released_js__WEBPACK_IMPORTED_MODULE_10__/* .releaseMarks */ .C)(env).has) };
        if (state.leases.length === 0)
            runner.debug('This step left no key to revoke.');
        else if (inputs.apiKey === '')
            reportProblem((0,_keys_render_post_js__WEBPACK_IMPORTED_MODULE_3__.activeLeases)(state.leases, state));
        else
            reportRevocations(await revokeLeases(state, step, env), state, step);
    });
}
async function revokeLeases({ orgId, apiHost, timeoutMs, leases, isPersonal }, { inputs, runner: { debug, info } }, env) {
    const { apiKey } = inputs;
    const { random } = Math;
    const until = _lib_clock_js__WEBPACK_IMPORTED_MODULE_4__/* .systemClock */ .m.now() + _runner_post_marker_js__WEBPACK_IMPORTED_MODULE_9__/* .postBudgetMs */ .Qk;
    const outOfTime = new AbortController();
    const timer = setTimeout(() => outOfTime.abort(), _runner_post_marker_js__WEBPACK_IMPORTED_MODULE_9__/* .postBudgetMs */ .Qk);
    const limits = {
        timeoutMs: Math.min(inputs.timeoutMs, longestRequestMs),
        retry: _neon_retry_js__WEBPACK_IMPORTED_MODULE_6__/* .sendOnce */ .E4,
        abandoned: outOfTime.signal,
    };
    const neon = await (0,_neon_connect_js__WEBPACK_IMPORTED_MODULE_5__/* .connectNeon */ .Zu)({ apiHost, apiKey, orgId, clock: _lib_clock_js__WEBPACK_IMPORTED_MODULE_4__/* .systemClock */ .m, random, env, info, debug, ...limits });
    try {
        const onOutcome = (revocation) => info((0,_keys_render_js__WEBPACK_IMPORTED_MODULE_2__.revocationLine)(revocation));
        const keys = isPersonal ? (0,_neon_endpoints_js__WEBPACK_IMPORTED_MODULE_12__/* .personalKeys */ .rL)(neon) : neon;
        return await (0,_keys_end_leases_js__WEBPACK_IMPORTED_MODULE_0__.endLeases)(leases, { neon: keys, clock: _lib_clock_js__WEBPACK_IMPORTED_MODULE_4__/* .systemClock */ .m, timeoutMs, until, onOutcome });
    }
    finally {
        clearTimeout(timer);
    }
}
function reportRevocations(revocations, state, { inputs, runner, reportProblem }) {
    if (inputs.summary && revocations.length > 0)
        runner.appendSummary((0,_keys_render_post_js__WEBPACK_IMPORTED_MODULE_3__.postSummary)(revocations));
    const active = (0,_keys_render_post_js__WEBPACK_IMPORTED_MODULE_3__.activeKeys)(revocations, state);
    if (active)
        reportProblem(active);
    const duplicates = (0,_keys_render_post_js__WEBPACK_IMPORTED_MODULE_3__.possibleDuplicates)(revocations);
    if (duplicates)
        runner.warning(duplicates);
}


/***/ })

};
