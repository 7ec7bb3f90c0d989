export const id = 548;
export const ids = [548];
export const modules = {

/***/ 9548:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  sweepKeys: () => (/* binding */ sweepKeys)
});

// EXTERNAL MODULE: ./build/github/run.js
var github_run = __webpack_require__(7503);
// EXTERNAL MODULE: ./build/keys/name.js
var keys_name = __webpack_require__(4518);
// EXTERNAL MODULE: ./build/keys/render.js
var render = __webpack_require__(5189);
// EXTERNAL MODULE: ./build/keys/revoke.js
var revoke = __webpack_require__(7747);
// EXTERNAL MODULE: ./build/keys/rotation.js
var rotation = __webpack_require__(3299);
;// CONCATENATED MODULE: ./build/keys/sweep.js


/**
 * @param server the own one, as in a mark: another server's runs and repositories have the same numbers
 * @returns the keys that carry our mark; no other key is ever touched
 */
function markedKeys(keys, server) {
    return keys.flatMap((key) => {
        const mark = (0,keys_name/* parseName */.$q)(key.name)?.mark;
        return mark && mark.server === server ? [{ key, mark }] : [];
    });
}
/**
 * GitHub cancels a run after 35 days (GitHub documentation, "Actions limits"): what was minted in one that is older is
 * over, and nobody needs to be asked.
 */
const longestRunMs = 36 * 24 * 3_600_000;
/** Whether GitHub has to be asked about the key's reason to live. */
function asksGitHub({ key, mark }, now) {
    if (mark.lifetime.kind === 'pull-request')
        return true;
    // An age that cannot be read is no great age.
    return mark.lifetime.kind === 'job' && !(ageOf(key, now) >= longestRunMs);
}
/**
 * Judges each key by its reason to live. A key whose reason holds, or may hold, is kept.
 * @param all Neon's whole list: what a rotation key was replaced by is read there
 */
function judge(keys, all, rules) {
    const rotations = new Map((0,rotation/* rotationKeys */.$K)(all).map((key) => [key.id, key]));
    const bySecret = Map.groupBy(rotations.values(), ({ secretId }) => secretId);
    return keys.map((one) => {
        const rotation = rotations.get(one.key.id);
        if (!rotation)
            return { ...one, ...judgeLifetime(one, rules) };
        return { ...one, ...judgeRotation(rotation, bySecret.get(rotation.secretId) ?? [], rules) };
    });
}
function judgeLifetime(one, rules) {
    const { lifetime } = one.mark;
    if (lifetime.kind === 'duration')
        return judgeDuration(one, lifetime, rules.now);
    if (lifetime.kind === 'manual')
        return judgeAge(one, rules) ?? keep('it lives until somebody revokes it');
    return judgeReason(one, rules);
}
function judgeDuration({ key }, { seconds }, now) {
    const end = Date.parse(key.created_at) + seconds * 1000;
    // A time that cannot be read is no time that is past.
    if (!(end <= now))
        return keep('its time is not over');
    return sweep_revoke('its time is over');
}
function judgeReason(one, rules) {
    const what = one.mark.lifetime.kind === 'job' ? 'its run' : 'its pull request';
    const reason = asksGitHub(one, rules.now) ? rules.reasonOf(one) : 'over';
    if (reason === 'over')
        return sweep_revoke(`${what} is over`);
    if (reason === 'holds')
        return keep(`${what} is not over`);
    return judgeAge(one, rules) ?? { ...keep(`whether ${what} is over is not known: ${reason.unknown}`), doubt: true };
}
function judgeAge({ key }, { now, maxAgeMs }) {
    return maxAgeMs !== undefined && ageOf(key, now) > maxAgeMs ? sweep_revoke('it is older than `max_age`') : undefined;
}
function judgeRotation(key, siblings, { now, maxAgeMs = Infinity }) {
    const end = (0,rotation/* replacedUntil */.TG)(key, siblings);
    if (end === undefined && now - key.createdAt > maxAgeMs) {
        return { ...keep('its secret may hold it, and was not rotated within `max_age`'), doubt: true };
    }
    if (end === undefined)
        return keep('its secret may hold it');
    return end <= now
        ? sweep_revoke('its secret holds a newer key')
        : keep('its secret holds a newer key, its grace is not over');
}
function ageOf(key, now) {
    return now - Date.parse(key.created_at);
}
function keep(why) {
    return { action: 'keep', why };
}
function sweep_revoke(why) {
    return { action: 'revoke', why };
}

// EXTERNAL MODULE: ./build/lib/parallel.js
var parallel = __webpack_require__(2257);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/neon/json.js
var json = __webpack_require__(5495);
// EXTERNAL MODULE: ./build/runner/markdown.js
var markdown = __webpack_require__(1134);
// EXTERNAL MODULE: ./build/runner/mode.js
var mode = __webpack_require__(6412);
;// CONCATENATED MODULE: ./build/operations/sweep-keys.js










/** Revokes what this action minted and whose reason to live is over; what is in doubt stays, and is told. */
const sweepKeys = async (inputs, context) => {
    const trust = (0,mode/* decide */.LD)(inputs.mode, context.event());
    const run = context.workflowRun();
    const all = await context.neon.listOrgApiKeys();
    const keys = await keysInScope(markedKeys(all, run.server), inputs.repositories, run, context);
    const now = context.neon.now();
    const reasons = await askReasons(keys, now, run, context);
    const reasonOf = ({ key }) => reasons.get(key.id) ?? { unknown: 'it was not asked' };
    const maxAge = inputs.max_age === undefined ? {} : { maxAgeMs: inputs.max_age * 1000 };
    const verdicts = judge(keys, all, { now, reasonOf, ...maxAge });
    const toRevoke = verdicts.filter(({ action }) => action === 'revoke');
    context.info(`${(0,lib_text/* count */.U9)(keys.length, 'key')} of ${all.length} carry our mark, ${toRevoke.length} of them are to be revoked.`);
    context.info((0,mode/* decision */.xR)(trust));
    warnOfDoubts(verdicts, context);
    const revocations = trust.apply ? await revokeAll(toRevoke, context) : [];
    return resultOf({ verdicts, toRevoke, revocations, trust, now, run });
};
/** The keys of the repositories that are meant: this one by default. */
async function keysInScope(keys, meant, run, context) {
    if (meant === '*')
        return keys;
    if (meant === undefined)
        return keys.filter(({ mark }) => (0,keys_name/* isFrom */.L$)(mark, run));
    const { repositoryIds } = await __webpack_require__.e(/* import() */ 234).then(__webpack_require__.bind(__webpack_require__, 4234));
    const ids = await repositoryIds(await context.github(), meant);
    return keys.filter(({ mark }) => ids.has(mark.repositoryId));
}
/** GitHub is asked by so many requests at once, as its client allows. */
const askedAtOnce = 10;
/** @returns what GitHub says, by key id; nothing is asked when no key lives for a run or a pull request */
async function askReasons(keys, now, run, context) {
    const reasons = new Map();
    const isOwn = ({ mark }) => (0,keys_name/* isFrom */.L$)(mark, run) && mark.lifetime.kind === 'job' && mark.runId === run.runId && mark.runAttempt === run.runAttempt;
    // This run is not over, whatever GitHub says.
    for (const { key } of keys.filter(isOwn))
        reasons.set(key.id, 'holds');
    const asked = keys.filter((key) => asksGitHub(key, now) && !isOwn(key));
    if (asked.length === 0)
        return reasons;
    const { lifecycleReader } = await __webpack_require__.e(/* import() */ 234).then(__webpack_require__.bind(__webpack_require__, 4234));
    const own = { ...(0,github_run/* repositoryOf */._)(run), repositoryId: run.repositoryId };
    const github = lifecycleReader(await context.github(), own);
    const tell = progress(asked.length, 'asked GitHub about', context);
    await (0,parallel/* inParallel */.H)(asked, askedAtOnce, async ({ key, mark }) => {
        const { repositoryId, runId, runAttempt, lifetime } = mark;
        const reason = lifetime.kind === 'pull-request'
            ? await github.pullRequest(repositoryId, lifetime.number)
            : await github.run(repositoryId, runId, runAttempt);
        reasons.set(key.id, reason);
        tell();
    });
    return reasons;
}
/** Up to so many keys, each one has a line in the log; more have a line every few seconds. */
const fewKeys = 100;
const tellEveryMs = 5000;
function progress(total, did, { clock, info }) {
    let done = 0;
    let toldAt = clock.now();
    return () => {
        done += 1;
        if (clock.now() - toldAt >= tellEveryMs) {
            toldAt = clock.now();
            info(`… ${did} ${done} of ${total}.`);
        }
        return done;
    };
}
async function revokeAll(toRevoke, context) {
    const tell = progress(toRevoke.length, 'revoked', context);
    let done = 0;
    const onOutcome = (revocation) => {
        if (toRevoke.length <= fewKeys)
            context.info((0,render/* sentence */.em)(revocation));
        done = tell();
    };
    const targets = toRevoke.map(({ key: { id, name } }) => ({ id, name }));
    try {
        return await (0,revoke/* revokeKeys */.n)(targets, { ...context, settleMs: 0, onOutcome });
    }
    catch (error) {
        // Cancelled: what is done is done, and the list shows the next sweep what is not.
        context.info(`Dealt with ${done} of ${(0,lib_text/* count */.U9)(toRevoke.length, 'key')}; the next sweep does the rest.`);
        throw error;
    }
}
/** One annotation, with each reason once. */
function warnOfDoubts(verdicts, { warning }) {
    const doubts = verdicts.filter(({ doubt }) => doubt);
    if (doubts.length === 0)
        return;
    const reasons = Map.groupBy(doubts, ({ why }) => why);
    const lines = [...reasons].slice(0, 5).map(([why, keys]) => `${(0,lib_text/* count */.U9)(keys.length, 'key')}: ${why}.`);
    warning(`${(0,lib_text/* count */.U9)(doubts.length, 'key')} kept in doubt; \`max_age\` would end them.\n${lines.join('\n')}`);
}
function resultOf(swept) {
    const { verdicts, toRevoke, revocations } = swept;
    const { revoked, outputs, json, failed } = (0,render/* resultOfRevocations */.u5)(revocations);
    return {
        changed: revoked > 0,
        outputs: {
            ...outputs,
            kept_count: String(verdicts.length - toRevoke.length),
            failed_count: String(revocations.filter(({ how }) => how === 'failed').length),
        },
        json: { ...json, plan: verdicts.map(planned) },
        summary: summaryOf(swept, revoked),
        ...failed,
    };
}
function planned({ key, mark, action, why }) {
    const { id, name, created_at, last_used_at = null } = key;
    return {
        key_id: (0,json/* jsonInteger */.R)(id),
        key_name: name,
        repository_id: mark.repositoryId,
        lifetime: mark.lifetime.kind,
        created_at,
        last_used_at,
        action,
        reason: why,
    };
}
function summaryOf({ verdicts, toRevoke, revocations, trust, now, run }, revoked) {
    const kept = verdicts.filter(({ action }) => action === 'keep');
    const title = trust.apply
        ? `${(0,lib_text/* count */.U9)(revoked, 'Neon key')} swept`
        : `${(0,lib_text/* count */.U9)(toRevoke.length, 'Neon key')} would be swept`;
    const outcome = new Map(revocations.map((revocation) => [revocation.target.id, render/* outcomes */.KI[revocation.how]]));
    const row = (verdict) => rowOf(verdict, now, run);
    const rows = toRevoke.map((verdict) => [...row(verdict), outcome.get(verdict.key.id) ?? 'planned']);
    const parts = [
        `### 🧹 ${title}`,
        (0,mode/* planNote */._H)(trust),
        rows.length > 0 ? (0,markdown/* table */.tp)([...head, ''], rows) : 'No key whose reason to live is over.',
        kept.length > 0 ? `#### ${(0,lib_text/* count */.U9)(kept.length, 'key')} kept\n\n${(0,markdown/* table */.tp)(head, doubtsFirst(kept).map(row))}` : '',
    ];
    return `${parts.filter(Boolean).join('\n\n')}\n`;
}
const head = ['Key', 'Id', 'Why', 'Age', 'Last used', 'Minted by'];
/** A key by its label: the mark behind it is told in words, and the id finds the key at Neon. */
function rowOf({ key, mark, why }, now, run) {
    const { id, name, created_at, last_used_at } = key;
    const label = (0,markdown/* code */.aY)((0,keys_name/* parseName */.$q)(name)?.label ?? '') || '–';
    const ago = (iso) => (0,markdown/* age */.KW)(now - Date.parse(iso));
    return [
        label,
        (0,markdown/* code */.aY)(id),
        (0,markdown/* prose */.CS)(why),
        ago(created_at),
        last_used_at ? `${ago(last_used_at)} ago` : 'never',
        (0,render/* runLink */.ut)(mark, run),
    ];
}
/** They are what somebody can do something about. */
function doubtsFirst(kept) {
    return kept.toSorted((a, b) => Number(b.doubt ?? false) - Number(a.doubt ?? false));
}


/***/ }),

/***/ 6412:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LD: () => (/* binding */ decide),
/* harmony export */   _H: () => (/* binding */ planNote),
/* harmony export */   xR: () => (/* binding */ decision)
/* harmony export */ });
/* unused harmony export trustOf */
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1134);

/** @returns what `mode` comes to for this event */
function decide(mode, event) {
    if (mode === 'auto')
        return trustOf(event);
    return { apply: mode === 'apply', why: `\`mode: ${mode}\` is set` };
}
/** Events whose workflow file and ref are the default branch's, if the ref is; their inputs are not trusted. */
const startedFromBranch = ['workflow_dispatch', 'repository_dispatch', 'workflow_run'];
/**
 * The trust rule: only what the default branch says is applied, and only when the event is that it says so now.
 * Who acted, labels and the checked-out tree prove nothing.
 */
function trustOf(event) {
    const { name, ref, payload } = event;
    const branch = payload.repository?.default_branch;
    const onDefaultBranch = branch !== undefined && branch !== '' && ref === `refs/heads/${branch}`;
    if (name === 'schedule')
        return yes('a schedule runs on the default branch');
    if (name === 'push')
        return trustOfPush(event, onDefaultBranch);
    if (name === 'pull_request')
        return trustOfPullRequest(event, branch);
    if (startedFromBranch.includes(name)) {
        return onDefaultBranch ? yes(`${name} on the default branch`) : no(`${name}, but not on the default branch`);
    }
    return no(name === '' ? 'no event is known' : `${name} is not an event that the default branch decides`);
}
function trustOfPush({ payload }, onDefaultBranch) {
    if (!onDefaultBranch)
        return no('a push, but not to the default branch');
    if (payload.deleted === true)
        return no('a push that deletes the branch');
    if (payload.repository?.fork !== false)
        return no('a push to a fork');
    return yes('a push to the default branch');
}
function trustOfPullRequest({ payload: { action, pull_request: pull } }, branch) {
    if (action !== 'closed')
        return no('a pull request that is not merged yet');
    if (pull?.merged !== true)
        return no('a pull request that was closed without being merged');
    if (!branch || pull.base?.ref !== branch)
        return no('a pull request merged into another branch than the default one');
    return yes('a pull request merged into the default branch');
}
function yes(why) {
    return { apply: true, why };
}
function no(why) {
    return { apply: false, why };
}
/** What `mode` came to, as a line of the log. */
function decision({ apply, why }) {
    return `${apply ? 'Applying' : 'Only planning'}: ${why}.`;
}
/** Markdown for the summary of a plan; '' when it was applied. */
function planNote({ apply, why }) {
    return apply ? '' : `Nothing was done, this is a plan: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(why)}.`;
}


/***/ })

};
