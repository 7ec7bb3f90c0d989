export const id = 242;
export const ids = [242];
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


/***/ })

};
