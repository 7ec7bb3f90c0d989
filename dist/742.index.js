export const id = 742;
export const ids = [742,550];
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

/***/ 7550:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ rotate),
/* harmony export */   mintIntoSecret: () => (/* binding */ mintIntoSecret)
/* harmony export */ });
/* harmony import */ var _github_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7307);
/* harmony import */ var _mint_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8357);
/* harmony import */ var _revoke_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7747);
/* harmony import */ var _rotation_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3299);




/**
 * Mints a key and puts it into a secret; what the token may not do is told before there is a key. The lease stays open:
 * until it is forgotten, the post step revokes the key.
 * @param where the secret in words, such as `the repository secret NEON`
 * @throws Error when the secret cannot be written: then the key is revoked again
 */
async function mintIntoSecret(request, secret, where, effects) {
    const store = await secret.prepare();
    const minted = await (0,_mint_js__WEBPACK_IMPORTED_MODULE_1__/* .mint */ .X)(request, effects);
    effects.ledger.save({ name: minted.name, askedAt: effects.clock.now(), id: minted.key.id, secret: where });
    try {
        await store(minted.key.key);
        return minted;
    }
    catch (error) {
        if (!(error instanceof _github_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitHubError */ .y_))
            throw error;
        const doubt = `Whether ${where} holds it all the same is not known; if so, it is dead there. Run this job again.`;
        throw await withoutKey(minted, error, effects, error.facts.maybeDone ? doubt : '');
    }
}
/** Revokes a key that nobody is going to use. @returns the error that says so */
async function withoutKey({ key, name }, error, effects, doubt = '') {
    const { neon, clock, ledger } = effects;
    const [revocation] = await (0,_revoke_js__WEBPACK_IMPORTED_MODULE_2__/* .revokeKeys */ .n)([{ name, id: key.id }], { neon, clock, settleMs: 0, onOutcome: () => { } });
    if (revocation?.how === 'failed') {
        return new Error(`${error.message}\nThe new key ${key.id} is not revoked yet, the post step tries again: ${revocation.error.message}`);
    }
    ledger.forget(name);
    const end = doubt ? `is revoked again. ${doubt}` : 'was not stored, and is revoked again.';
    return new Error(`${error.message}\nThe new key ${key.id} ${end}`);
}
/** For a request that is given up to be over all the same, and for clocks that differ. */
const marginMs = 60_000;
/**
 * Replaces the key in a secret: mint, store, verify, then revoke what was replaced long enough ago. The secret never
 * holds a dead key: a key that may be in it is revoked by nobody, not even by the post step after a crash.
 * @param request its mark says how long the keys before the new one live on
 * @throws Error that says how far it came; the next rotation goes on from there
 */
async function rotate(request, effects) {
    const { secret, clock, ledger } = effects;
    const before = await secret.updatedAt();
    const store = await secret.prepare();
    const askedAt = clock.now();
    const minted = await (0,_mint_js__WEBPACK_IMPORTED_MODULE_1__/* .mint */ .X)(request, effects);
    const left = askedAt + _rotation_js__WEBPACK_IMPORTED_MODULE_3__/* .storeWithinMs */ .nr - marginMs - clock.now();
    if (left <= 0)
        throw await withoutKey(minted, new Error('Minting took too long for another run to know of it.'), effects);
    // From here on the secret may hold it: no post step may revoke it.
    ledger.forget(minted.name);
    const signal = AbortSignal.timeout(left);
    await storeAndSee((value) => store(value, signal), minted, before, effects);
    await verify(minted.key, effects);
    const { revocations, kept } = await endReplaced(minted, effects);
    const heldUnknown = before !== undefined && revocations.length + kept.length === 0;
    return { key: minted.key, revocations, kept, heldUnknown };
}
const again = 'Run `rotate-key` again: it goes on from here.';
const writes = 5;
/**
 * Stores the key, and sees that GitHub shows another time of writing. It shows whole seconds: what was written twice in
 * one is written once more. A key that was surely not stored is revoked again.
 */
async function storeAndSee(store, minted, before, effects) {
    for (let write = 1; write <= writes; write += 1) {
        const error = await failureOf(store(minted.key.key));
        if (error && write === 1 && !error.facts.maybeDone)
            throw await takeBack(minted, error, effects);
        if (error) {
            const doubt = `Whether the secret holds the new key ${minted.key.id} now is not known, so no key is revoked.`;
            throw new Error(`${error.message}\n${doubt} ${again}`);
        }
        if ((await effects.secret.updatedAt()) !== before)
            return;
        await effects.clock.sleep(1000, effects.cancelled);
    }
    throw new Error(`GitHub took the secret, but says that it was last written ${before ?? 'never'}: no key is revoked. ${again}`);
}
async function failureOf(work) {
    try {
        await work;
        return undefined;
    }
    catch (error) {
        if (error instanceof _github_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitHubError */ .y_)
            return error;
        throw error;
    }
}
/** The post step may revoke it again, too. */
function takeBack(minted, error, effects) {
    effects.ledger.save({ name: minted.name, askedAt: effects.clock.now(), id: minted.key.id });
    return withoutKey(minted, error, effects);
}
/** The key in the secret works. Using it also tells every later sweep that it was stored. */
async function verify(key, effects) {
    try {
        await effects.withKey(key.key, (neon) => neon.getAuthDetails());
    }
    catch (error) {
        if (effects.cancelled.aborted)
            throw error;
        throw new Error(`The secret holds key ${key.id}, but that does not work yet, so no key is revoked. ${error.message}\n${again}`);
    }
}
async function endReplaced({ key }, effects) {
    const { neon, clock, onOutcome } = effects;
    const rotations = (0,_rotation_js__WEBPACK_IMPORTED_MODULE_3__/* .rotationKeys */ .$K)(await neon.listOrgApiKeys());
    const own = rotations.find(({ id }) => id === key.id);
    if (!own)
        throw new Error(`Neon does not list the new key ${key.id}: no key is revoked. ${again}`);
    // Neon's clock says when the new key was made.
    const now = Math.max(neon.now(), own.createdAt);
    const others = rotations.filter((other) => other !== own && other.secretId === own.secretId);
    if ((0,_rotation_js__WEBPACK_IMPORTED_MODULE_3__/* .replacedUntil */ .TG)(own, others) !== undefined) {
        throw new Error(`Storing key ${key.id} took so long that another run came in between. ${again}`);
    }
    const judged = others.map((other) => ({ key: other, until: endOf(other, own, others) }));
    const over = judged.filter(({ until }) => until !== undefined && until <= now);
    const targets = over.map(({ key: { id, name } }) => ({ id, name }));
    const revocations = await (0,_revoke_js__WEBPACK_IMPORTED_MODULE_2__/* .revokeKeys */ .n)(targets, { neon, clock, settleMs: 0, onOutcome });
    return { revocations, kept: judged.filter((one) => !over.includes(one)) };
}
/** This run knows that its own key was stored: it replaces a key of whatever maker. */
function endOf(other, own, others) {
    const byOwn = (0,_rotation_js__WEBPACK_IMPORTED_MODULE_3__/* .replacedUntil */ .TG)({ ...other, createdBy: 'the same' }, [{ ...own, createdBy: 'the same', stored: true }]);
    const byOthers = (0,_rotation_js__WEBPACK_IMPORTED_MODULE_3__/* .replacedUntil */ .TG)(other, others);
    return byOwn === undefined || byOthers === undefined ? (byOwn ?? byOthers) : Math.min(byOwn, byOthers);
}


/***/ }),

/***/ 6742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   rotateKey: () => (/* binding */ rotateKey)
/* harmony export */ });
/* harmony import */ var _keys_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4518);
/* harmony import */ var _keys_render_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5189);
/* harmony import */ var _keys_rotate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7550);
/* harmony import */ var _keys_rotation_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3299);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4869);
/* harmony import */ var _runner_markdown_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1134);
/* harmony import */ var _secret_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1923);







/** Replaces the key in a secret, and revokes those before it whose grace is over. */
const rotateKey = async (inputs, context) => {
    // The rules of the inputs ask for `secret_name`.
    const place = (0,_secret_js__WEBPACK_IMPORTED_MODULE_4__/* .placeOf */ .$t)(inputs);
    const run = context.workflowRun();
    const lifetime = { kind: 'rotation', graceSeconds: inputs.grace, secretId: (0,_keys_rotation_js__WEBPACK_IMPORTED_MODULE_3__/* .secretIdOf */ .zj)(place, run) };
    const request = {
        label: place.name.toUpperCase(),
        mark: { ...(0,_keys_name_js__WEBPACK_IMPORTED_MODULE_0__/* .originOf */ .yv)(run), lifetime },
        ...(inputs.project_id ? { projectId: inputs.project_id } : {}),
    };
    const secret = await (0,_secret_js__WEBPACK_IMPORTED_MODULE_4__/* .openSecret */ .JM)(place, context);
    const rotation = await (0,_keys_rotate_js__WEBPACK_IMPORTED_MODULE_2__/* .rotate */ .e)(request, {
        ...context,
        secret,
        onOutcome: (revocation) => context.info((0,_keys_render_js__WEBPACK_IMPORTED_MODULE_1__/* .sentence */ .em)(revocation)),
    });
    context.info(`${(0,_secret_js__WEBPACK_IMPORTED_MODULE_4__/* .whereIs */ .ie)(place)} holds the new key ${rotation.key.id} "${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .oneLine */ .TN)(rotation.key.name)}".`);
    if (rotation.heldUnknown) {
        context.warning(`${(0,_secret_js__WEBPACK_IMPORTED_MODULE_4__/* .whereIs */ .ie)(place)} was there before, and no rotation is known that filled it: a Neon key that it held lives on. ` +
            '`list-keys` shows the keys, `revoke-key` ends one.');
    }
    return resultOf(rotation, inputs, place);
};
function resultOf({ key, revocations, kept }, inputs, place) {
    const { outputs, json, failed } = (0,_keys_render_js__WEBPACK_IMPORTED_MODULE_1__/* .resultOfRevocations */ .u5)(revocations);
    return {
        changed: true,
        outputs: { ...(0,_keys_render_js__WEBPACK_IMPORTED_MODULE_1__/* .outputsOf */ .Yz)(key), ...outputs },
        json,
        summary: `### 🔄 ${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .plain */ .pj)((0,_secret_js__WEBPACK_IMPORTED_MODULE_4__/* .whereIs */ .ie)(place))} holds a new Neon key\n\n${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .facts */ .Ix)([
            ...(0,_keys_render_js__WEBPACK_IMPORTED_MODULE_1__/* .factsOf */ .xS)(key, inputs.project_id),
            ['Minted', (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .time */ .kB)(key.created_at)],
        ])}\n${revocations.length > 0 ? `\n${(0,_keys_render_js__WEBPACK_IMPORTED_MODULE_1__/* .revocationsTable */ .WX)(revocations)}\n` : ''}${keptText(kept)}`,
        ...failed,
    };
}
/** Keys before this one that live on: their grace is not over, or another run may be storing them right now. */
function keptText(kept) {
    if (kept.length === 0)
        return '';
    const lines = kept.map(({ key, until }) => {
        const end = until === undefined
            ? 'a rotation that begins five minutes after it, or later'
            : (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .time */ .kB)(new Date(until).toISOString());
        return `- ${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .code */ .aY)(key.id)} ${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .code */ .aY)(key.name)} lives until ${end}`;
    });
    const who = 'the next `rotate-key` or `sweep-keys` after that revokes it';
    return `\n${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .count */ .U9)(kept.length, 'key')} of before ${kept.length === 1 ? 'lives' : 'live'} on; ${who}.\n\n${lines.join('\n')}\n`;
}


/***/ })

};
