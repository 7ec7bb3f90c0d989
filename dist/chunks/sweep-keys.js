export const id = 951;
export const ids = [951];
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

/***/ 5951:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  sweepKeys: () => (/* binding */ sweepKeys)
});

// EXTERNAL MODULE: ./build/keys/render.js
var render = __webpack_require__(5189);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/neon/json.js
var json = __webpack_require__(5495);
// EXTERNAL MODULE: ./build/runner/docs.js
var docs = __webpack_require__(5512);
// EXTERNAL MODULE: ./build/runner/markdown.js
var markdown = __webpack_require__(1134);
// EXTERNAL MODULE: ./build/runner/render-mode.js
var render_mode = __webpack_require__(4323);
// EXTERNAL MODULE: ./build/keys/name.js
var keys_name = __webpack_require__(4518);
;// CONCATENATED MODULE: ./build/keys/render-sweep.js







function renderSweep(sweep, trust, run, onDoubt) {
    const { verdicts, revocations } = sweep;
    const doubts = doubtsText(sweep);
    const failures = doubts && failsOnDoubt(sweep, onDoubt) ? [doubts] : [];
    const { revoked, outputs, json, failed } = (0,render.resultOfRevocations)(revocations, failures);
    return {
        changed: revoked > 0,
        outputs: {
            ...outputs,
            kept_count: String(verdicts.filter(({ action }) => action === 'keep').length),
            doubt_count: String(verdicts.filter(isInDoubt).length),
            failed_count: String(revocations.filter(({ how }) => how === 'failed').length),
        },
        json: { ...json, plan: verdicts.map(toPlanned) },
        summary: sweepSummary(sweep, revoked, trust, run),
        ...failed,
    };
}
function failsOnDoubt({ blindness }, onDoubt) {
    return onDoubt === 'fail' || blindness !== undefined;
}
function planLine({ listed, verdicts }) {
    const toRevoke = verdicts.filter(({ action }) => action === 'revoke').length;
    return `Checked ${verdicts.length} of ${(0,lib_text/* count */.U9)(listed, 'key')}: ${toRevoke} to revoke, ${verdicts.length - toRevoke} to keep.`;
}
function progressLine(what, done, total = 0) {
    return what === 'responses'
        ? `${(0,lib_text/* count */.U9)(done, 'response')} from GitHub so far.`
        : `${done} of ${(0,lib_text/* count */.U9)(total, 'key')} processed so far.`;
}
function cutShort(done, total) {
    return `Stopped after ${done} of ${(0,lib_text/* count */.U9)(total, 'key')}. The next sweep continues.`;
}
function doubtsText({ verdicts, blindness }) {
    const doubts = verdicts.filter(isInDoubt);
    const blind = blindness ? [`${cannotRead} ${explainDoubt(blindness)}`] : [];
    if (doubts.length === 0)
        return blind.join('');
    const [were, need] = doubts.length === 1 ? ['was', 'it is still needed'] : ['were', 'they are still needed'];
    const heading = `${(0,lib_text/* count */.U9)(doubts.length, 'key')} ${were} kept because it could not be determined whether ${need}.`;
    const byReason = Map.groupBy(doubts, ({ doubt }) => explainDoubt(doubt));
    if (blindness)
        byReason.delete(explainDoubt(blindness));
    const lines = [...byReason].slice(0, 5).map(([why, keys]) => `${(0,lib_text/* count */.U9)(keys.length, 'key')}: ${why}`);
    return [...blind, heading, ...lines].join('\n');
}
function isInDoubt(verdict) {
    return verdict.reason === 'in-doubt';
}
function toPlanned(verdict) {
    const { id, name, created_at, last_used_at = null } = verdict.key;
    return {
        key_id: (0,json/* jsonInteger */.R)(id),
        key_name: name,
        repository_id: verdict.mark.repositoryId,
        lifetime: verdict.mark.lifetime.kind,
        created_at,
        last_used_at,
        action: verdict.action,
        reason: isInDoubt(verdict) ? verdict.doubt.code : verdict.reason,
        in_doubt: isInDoubt(verdict),
    };
}
function sweepSummary(sweep, revoked, trust, run) {
    const { verdicts, revocations, now } = sweep;
    const toRevoke = verdicts.filter(({ action }) => action === 'revoke');
    const outcome = new Map(revocations.map((revocation) => [revocation.target.id, render.outcomes[revocation.how]]));
    const row = (verdict) => toRow(verdict, now, run);
    const rows = toRevoke.map((verdict) => [...row(verdict), outcome.get(verdict.key.id) ?? 'planned']);
    const doubts = verdicts.filter(isInDoubt);
    const kept = verdicts.filter((verdict) => verdict.action === 'keep' && !isInDoubt(verdict));
    const parts = [
        `### ${sweepTitle(sweep, revoked, trust)}`,
        (0,render_mode/* planNote */._)(trust),
        sweep.blindness ? `⚠️ ${(0,markdown/* prose */.CS)(explainDoubt(sweep.blindness))}` : '',
        (0,markdown/* section */.uW)(`${(0,lib_text/* count */.U9)(doubts.length, 'key')} in doubt`, sweepColumns, doubts.map(row), (0,docs/* docsLink */._h)('Why keys are kept in doubt', 'keys-in-doubt')),
        (0,markdown/* section */.uW)(`${(0,lib_text/* count */.U9)(rows.length, 'key')} no longer needed`, [...sweepColumns, 'Outcome'], rows) ||
            'There is no key to revoke.',
        (0,markdown/* section */.uW)(`${(0,lib_text/* count */.U9)(kept.length, 'key')} kept`, sweepColumns, kept.map(row)),
    ];
    return `${parts.filter(Boolean).join('\n\n')}\n`;
}
function sweepComment(sweep, trust, run) {
    const { verdicts, revocations, blindness } = sweep;
    const toRevoke = verdicts.filter((verdict) => verdict.action === 'revoke');
    const doubtCount = verdicts.filter(isInDoubt).length;
    const nothingToSay = '### 🧹 No Neon key to revoke';
    if (toRevoke.length + doubtCount === 0 && !blindness)
        return { body: undefined, nothingToSay };
    const revoked = revocations.filter(({ how }) => how === 'revoked').length;
    const parts = [
        `### ${sweepTitle(sweep, revoked, trust)}`,
        (0,render_mode/* planNote */._)(trust),
        blindness ? `⚠️ ${cannotRead}` : '',
        doubtCount > 0 ? `❓ ${(0,lib_text/* count */.U9)(doubtCount, 'key')} kept in doubt.` : '',
        toRevoke.length > 0 ? (0,markdown/* table */.tp)(['Keys', 'Reason', 'Outcome'], reasonRows(toRevoke, revocations)) : '',
        `For the names of the keys, see the [run](${run.runsUrl}/${run.runId}).`,
    ];
    return { body: `${parts.filter(Boolean).join('\n\n')}\n`, nothingToSay };
}
function reasonRows(toRevoke, revocations) {
    const outcome = new Map(revocations.map(({ target, how }) => [target.id, render.outcomes[how]]));
    const rows = toRevoke.map(({ key, reason }) => [(0,markdown/* prose */.CS)(reasons[reason]), outcome.get(key.id) ?? 'planned']);
    return [...Map.groupBy(rows, String).values()].map((equal) => [String(equal.length), ...(equal[0] ?? [])]);
}
function sweepTitle({ verdicts, revocations, blindness }, revoked, trust) {
    const toRevoke = verdicts.filter(({ action }) => action === 'revoke').length;
    const failed = revocations.filter(({ how }) => how === 'failed').length;
    const doubts = verdicts.filter(isInDoubt).length;
    const applied = `${(0,lib_text/* count */.U9)(revoked, 'Neon key')} revoked`;
    const planned = `${(0,lib_text/* count */.U9)(toRevoke, 'Neon key')} would be revoked`;
    const main = toRevoke === 0 ? 'No Neon key to revoke' : trust.apply ? applied : planned;
    const more = [failed > 0 ? `, ${failed} not revoked` : '', doubts > 0 ? `, ${doubts} in doubt` : ''].join('');
    return blindness ? `❌ No access to GitHub: ${main}${more}` : `🧹 ${main}${more}`;
}
const sweepColumns = ['Key', 'ID', 'Reason', 'Age', 'Last used', 'Created in'];
function toRow(verdict, now, run) {
    const { id, name, created_at, last_used_at } = verdict.key;
    const ago = (iso) => (0,markdown/* age */.KW)(now - Date.parse(iso));
    return [
        (0,markdown/* code */.aY)((0,keys_name/* parseKeyName */.wN)(name)?.label ?? '') || '–',
        (0,markdown/* code */.aY)(id),
        (0,markdown/* prose */.CS)(isInDoubt(verdict) ? explainDoubt(verdict.doubt) : reasons[verdict.reason]) + (0,render.pullLink)(verdict.mark, run),
        ago(created_at),
        last_used_at ? `${ago(last_used_at)} ago` : 'never',
        (0,render.runLink)(verdict.mark, run),
    ];
}
const reasons = {
    'run-active': 'its run has not ended',
    'pull-request-active': 'its pull request is open',
    'duration-not-elapsed': 'its duration has not elapsed',
    manual: 'it is valid until someone revokes it',
    rotation: 'its secret may hold it, so it is left to `rotate-key`',
    storing: 'it is less than two hours old, so a step may still be storing it in a secret',
    'too-new': 'it is less than an hour old, so GitHub may not show its run or pull request yet',
    'run-ended': 'its run has ended',
    'run-missing': 'its run was deleted',
    'pull-request-closed': 'its pull request is closed',
    'pull-request-missing': 'its pull request was deleted',
    'duration-elapsed': 'its duration has elapsed',
    'max-age': 'it is older than `max_age`',
};
const cannotRead = 'Runs and pull requests could not be read from GitHub.';
const kindNames = { run: 'run', 'pull-request': 'pull request' };
function explainDoubt(doubt) {
    switch (doubt.code) {
        case 'token-refused':
        case 'request-failed':
            return doubt.error.message.replaceAll('\n', ' ');
        case 'clocks-disagree':
            return 'The clocks of Neon, GitHub and this runner disagree about whether its time has elapsed.';
        case 'not-rotated':
            return 'No rotation has replaced it within `max_age`. Check the workflow that rotates its secret, or revoke it if the secret is no longer used.';
        case 'one-clock':
            return "Neon's responses have no `Date` header, so this runner's clock could not be confirmed.";
        case 'earlier-attempt':
            return 'GitHub returned an earlier attempt of its run.';
        case 'unreadable-response':
            return 'GitHub returned an unexpected response.';
        default:
            return explainRepository(doubt);
    }
}
function explainRepository(doubt) {
    const { code: cause, repositoryId: id } = doubt;
    if (cause === 'repository-not-visible')
        return `Repository ${id} was deleted, or is not visible to the token in \`github_token\`.`;
    if (cause === 'repository-replaced')
        return `Repository ${id} was renamed, and another repository may now have its former name.`;
    const kind = kindNames[doubt.kind];
    return cause === 'nothing-to-compare'
        ? `GitHub returned 404 for its ${kind} and shows no other ${kind} of repository ${id}, so the token may not be able to see ${kind}s.`
        : `GitHub returned 404 for its ${kind} and did not list all active ${kind}s of repository ${id}.`;
}

;// CONCATENATED MODULE: ./build/github/repositories.js
async function findRepository(github, id) {
    const { data } = await github.request('GET /repositories/{id}', { id });
    const { id: returnedId, full_name } = data;
    return returnedId === id && typeof full_name === 'string' ? parseFullName(full_name) : undefined;
}
async function readRepositoryId(github, { owner, repo }) {
    const { id } = (await github.rest.repos.get({ owner, repo })).data;
    return Number.isSafeInteger(id) ? id : undefined;
}
async function repositoryIds(github, names) {
    const ids = await Promise.all(names.map((name) => readRepositoryId(github, parseFullName(name))));
    if (!ids.every((id) => id !== undefined))
        throw new Error('GitHub did not return the IDs of the repositories. Run this job again.');
    return new Set(ids);
}
function parseFullName(fullName) {
    const [owner = '', repo = ''] = fullName.split('/');
    return { owner, repo };
}

// EXTERNAL MODULE: ./build/github/run.js + 1 modules
var github_run = __webpack_require__(6894);
// EXTERNAL MODULE: ./build/lib/parallel.js
var parallel = __webpack_require__(2257);
;// CONCATENATED MODULE: ./build/github/activity.js
const rowsPerPage = 100;

// EXTERNAL MODULE: ./build/github/errors.js
var errors = __webpack_require__(7307);
;// CONCATENATED MODULE: ./build/github/pulls.js

const pullsRequest = { needs: '"Pull requests: read"' };
const pulls = {
    async read(github, place, pull_number) {
        return pullActivity((await github.rest.pulls.get({ ...place, pull_number, request: pullsRequest })).data);
    },
    async list(github, place, filter, page) {
        const state = filter;
        const { data, headers } = await github.rest.pulls.list({
            ...place,
            state,
            per_page: rowsPerPage,
            page,
            request: pullsRequest,
        });
        if (!Array.isArray(data))
            return undefined;
        const rows = data.map(pullActivity);
        return rows.every((row) => row !== undefined) ? { rows, pages: lastPage(headers.link) ?? page } : undefined;
    },
    all: 'all',
    active: ['open'],
};
function pullActivity(response) {
    const { number, state, base } = response ?? {};
    const repositoryId = base?.repo?.id;
    if (!Number.isSafeInteger(number) || !Number.isSafeInteger(repositoryId))
        return undefined;
    if (state !== 'open' && state !== 'closed')
        return undefined;
    return { repositoryId: repositoryId, number: number, attempt: 1, hasEnded: state === 'closed' };
}
function lastPage(link) {
    const page = /[?&]page=(\d+)[^>]*>; rel="last"/.exec(link ?? '')?.[1];
    return page === undefined ? undefined : Number(page);
}

;// CONCATENATED MODULE: ./build/github/runs.js

const runsRequest = { needs: '"Actions: read"' };
const smallerRuns = { exclude_pull_requests: true };
const runs = {
    async read(github, place, run_id) {
        const parameters = { ...place, run_id, ...smallerRuns, request: runsRequest };
        return runActivity((await github.rest.actions.getWorkflowRun(parameters)).data);
    },
    async list(github, place, filter, page) {
        const status = filter;
        const parameters = {
            ...place,
            ...(filter && { status }),
            per_page: rowsPerPage,
            page,
            ...smallerRuns,
            request: runsRequest,
        };
        const { workflow_runs, total_count } = (await github.rest.actions.listWorkflowRunsForRepo(parameters)).data;
        if (!Array.isArray(workflow_runs) || !Number.isSafeInteger(total_count))
            return undefined;
        const rows = workflow_runs.map(runActivity);
        if (!rows.every((row) => row !== undefined))
            return undefined;
        return { rows, pages: Math.ceil(total_count / rowsPerPage), total: total_count };
    },
    all: '',
    active: ['requested', 'waiting', 'pending', 'queued', 'in_progress'],
};
function runActivity(response) {
    const { id, status, run_attempt, repository } = response ?? {};
    const numbers = [id, run_attempt, repository?.id];
    if (!numbers.every(Number.isSafeInteger) || typeof status !== 'string')
        return undefined;
    const [number, attempt, repositoryId] = numbers;
    return { repositoryId, number, attempt, hasEnded: status === 'completed' };
}

;// CONCATENATED MODULE: ./build/keys/lifecycle-requests.js





const kinds = { run: runs, 'pull-request': pulls };
function isDoubt(result) {
    return typeof result === 'object' && 'code' in result;
}
async function locate(github, repositoryId, token) {
    if (token.refusal)
        return token.refusal;
    try {
        return (await findRepository(github, repositoryId)) ?? { code: 'unreadable-response' };
    }
    catch (error) {
        return visibilityDoubt(error, repositoryId, token);
    }
}
function visibilityDoubt(error, repositoryId, token) {
    const doubt = doubtOf(error, token);
    const isHidden = doubt.code === 'request-failed' && (0,errors/* cannotSee */.Nq)(error);
    return isHidden ? { code: 'repository-not-visible', repositoryId } : doubt;
}
async function readOne(number, { github, place, kind, repositoryId, token }) {
    try {
        const activity = await kinds[kind].read(github, place, number);
        if (activity?.number !== number)
            return { code: 'unreadable-response' };
        return activity.repositoryId === repositoryId ? activity : { code: 'repository-replaced', repositoryId };
    }
    catch (error) {
        return (0,errors/* isNotFound */.c4)(error) ? 'missing' : doubtOf(error, token);
    }
}
async function readPage(topic, filter, page) {
    const { github, place, kind, repositoryId, token } = topic;
    if (token.refusal)
        return token.refusal;
    try {
        const result = await kinds[kind].list(github, place, filter, page);
        if (!result)
            return { code: 'unreadable-response' };
        const isHere = result.rows.every((row) => row.repositoryId === repositoryId);
        return isHere ? result : { code: 'repository-replaced', repositoryId };
    }
    catch (error) {
        return doubtOf(error, token);
    }
}
async function confirmRepository({ github, place, repositoryId, token, }) {
    if (token.refusal)
        return token.refusal;
    try {
        const id = await readRepositoryId(github, place);
        if (id === undefined)
            return { code: 'unreadable-response' };
        return id === repositoryId ? undefined : { code: 'repository-replaced', repositoryId };
    }
    catch (error) {
        return visibilityDoubt(error, repositoryId, token);
    }
}
const maxListPages = 10;
async function readWholeList(topic, filter) {
    const rows = [];
    for (let page = 1; page <= maxListPages; page += 1) {
        const result = await readPage(topic, filter, page);
        if (isDoubt(result))
            return result;
        rows.push(...result.rows);
        const isLast = page >= result.pages && result.rows.length < rowsPerPage;
        if (isLast && rows.length >= (result.total ?? 0))
            return rows;
        if (isLast)
            break;
    }
    return { code: 'incomplete-list', repositoryId: topic.repositoryId, kind: topic.kind };
}
function doubtOf(error, token) {
    if (!(error instanceof errors/* GitHubError */.y_))
        throw error;
    if (error.facts.status !== 401)
        return { code: 'request-failed', error };
    const doubt = { code: 'token-refused', error };
    token.refusal ??= doubt;
    return doubt;
}

;// CONCATENATED MODULE: ./build/keys/lifecycle.js


const maxConcurrent = 10;
function lifecycleReader(github, own, now) {
    const ownPlace = { owner: own.owner, repo: own.repo };
    let aheadMs;
    github.hook.after('request', ({ headers }) => {
        const date = Date.parse(headers.date ?? '');
        if (!Number.isNaN(date))
            aheadMs = date - now();
    });
    return {
        clockAheadMs: () => aheadMs,
        async read(subjects, onResult = () => { }) {
            const results = new Map();
            const token = {};
            const byRepository = Map.groupBy(subjects, ({ repositoryId }) => repositoryId);
            await (0,parallel/* inParallel */.H)(byRepository, maxConcurrent, async ([repositoryId, here]) => {
                const place = repositoryId === own.repositoryId ? ownPlace : await locate(github, repositoryId, token);
                for (const [kind, ofKind] of Map.groupBy(here, (subject) => subject.kind)) {
                    const result = isDoubt(place)
                        ? () => place
                        : await fetchTopic(ofKind, { github, place, repositoryId, kind, token, onResult });
                    for (const subject of ofKind)
                        results.set(subject, lifecycleOf(result(subject), subject));
                }
            });
            return results;
        },
    };
}
function lifecycleOf(result, { attempt }) {
    if (result === 'missing')
        return { state: 'missing' };
    if (isDoubt(result))
        return { state: 'unknown', doubt: result };
    if (result.attempt < attempt)
        return { state: 'unknown', doubt: { code: 'earlier-attempt' } };
    return { state: result.attempt > attempt || result.hasEnded ? 'ended' : 'active' };
}
async function fetchTopic(subjects, topic) {
    const attempts = new Map();
    for (const { number, attempt } of subjects)
        attempts.set(number, Math.max(attempt, attempts.get(number) ?? 0));
    const results = await readLists(attempts, topic);
    const missing = await readSingly([...attempts.keys()].filter((number) => !results.has(number)), topic, results);
    if (missing.length > 0) {
        const visible = await readVisible(topic);
        for (const number of missing)
            results.set(number, isDoubt(visible) ? visible : (visible.get(number) ?? 'missing'));
    }
    return ({ number }) => results.get(number) ?? { code: 'unreadable-response' };
}
const minSubjectsForLists = 10;
async function readLists(attempts, topic) {
    const found = new Map();
    const oldest = [...attempts.keys()].reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const left = () => attempts.size - found.size;
    if (left() < minSubjectsForLists)
        return found;
    for (let page = 1, pages = 1; page <= pages && left() > pages - page; page += 1) {
        const result = await readPage(topic, kinds[topic.kind].all, page);
        if (isDoubt(result))
            return found;
        for (const row of result.rows) {
            const attempt = attempts.get(row.number);
            if (attempt !== undefined && row.attempt >= attempt)
                found.set(row.number, row);
        }
        if (result.rows.every(({ number }) => number < oldest))
            return found;
        pages = result.pages;
    }
    return found;
}
const maxFailures = 3;
async function readSingly(numbers, topic, results) {
    const missing = [];
    let firstFailure;
    let failures = 0;
    const read = async (number) => {
        const repeatedFailure = failures >= maxFailures ? firstFailure : undefined;
        const result = topic.token.refusal ?? repeatedFailure ?? (await readOne(number, topic));
        topic.onResult();
        if (result === 'missing')
            return void missing.push(number);
        if (!isDoubt(result))
            return void results.set(number, result);
        firstFailure ??= result;
        failures += wouldRepeat(result) ? maxFailures : 1;
        results.set(number, firstFailure);
    };
    const [first, ...rest] = numbers;
    if (first !== undefined)
        await read(first);
    await (0,parallel/* inParallel */.H)(rest, maxConcurrent, read);
    return missing;
}
async function readVisible(topic) {
    const { repositoryId } = topic;
    const doubt = await confirmRepository(topic);
    if (doubt)
        return doubt;
    const { active, all } = kinds[topic.kind];
    const visible = new Map();
    for (const filter of active) {
        const rows = await readWholeList(topic, filter);
        if (isDoubt(rows))
            return rows;
        for (const row of rows)
            visible.set(row.number, row);
    }
    if (visible.size > 0)
        return visible;
    const other = await readPage(topic, all, 1);
    if (isDoubt(other))
        return other;
    if (other.rows.length === 0)
        return { code: 'nothing-to-compare', repositoryId, kind: topic.kind };
    return new Map(other.rows.map((row) => [row.number, row]));
}
function wouldRepeat(doubt) {
    if (doubt.code !== 'request-failed')
        return doubt.code === 'repository-replaced';
    const { status } = doubt.error.facts;
    return status === undefined || status === 403 || status === 429;
}

// EXTERNAL MODULE: ./build/keys/revoke.js
var revoke = __webpack_require__(7747);
;// CONCATENATED MODULE: ./build/keys/sweep-rule.js

function markedKeys(keys, server) {
    return keys.flatMap((key) => {
        const mark = (0,keys_name/* parseKeyName */.wN)(key.name)?.mark;
        return mark && mark.server === server ? [{ key, mark }] : [];
    });
}
function lifecycleSubjectOf({ mark }) {
    const { repositoryId, runId, runAttempt, lifetime } = mark;
    if (lifetime.kind === 'job')
        return { kind: 'run', repositoryId, number: runId, attempt: runAttempt };
    if (lifetime.kind !== 'pull-request')
        return undefined;
    return { kind: 'pull-request', repositoryId, number: lifetime.number, attempt: 1 };
}
function judge(key, rules) {
    if (key.mark.lifetime.kind === 'rotation')
        return judgeRotated(key, rules);
    const judgement = judgeLifetime(key, rules);
    if (judgement.action === 'keep' || !(0,keys_name/* mayBeInSecret */.S4)(key.mark.lifetime))
        return judgement;
    return judgeElapsed(key, keys_name/* storedWithinMs */.PV, rules, judgement, keep('storing'));
}
const changeable = [
    'run-missing',
    'pull-request-closed',
    'pull-request-missing',
    'max-age',
];
function isChangeable({ reason }) {
    return changeable.includes(reason);
}
function judgeLifetime(key, rules) {
    const { lifetime } = key.mark;
    if (lifetime.kind === 'duration') {
        return judgeElapsed(key, lifetime.seconds * 1000, rules, sweep_rule_revoke('duration-elapsed'), keep('duration-not-elapsed'));
    }
    if (lifetime.kind === 'manual')
        return judgeMaxAge(key, rules, keep('manual'));
    return judgeLifecycle(key, rules);
}
const shownWithinMs = 3_600_000;
function judgeLifecycle(key, rules) {
    const isRun = key.mark.lifetime.kind === 'job';
    const lifecycle = rules.lifecycleOf(key);
    switch (lifecycle.state) {
        case 'active':
            return keep(isRun ? 'run-active' : 'pull-request-active');
        case 'ended':
            return sweep_rule_revoke(isRun ? 'run-ended' : 'pull-request-closed');
        case 'missing': {
            const reason = isRun ? 'run-missing' : 'pull-request-missing';
            return judgeElapsed(key, shownWithinMs, rules, sweep_rule_revoke(reason), keep('too-new'));
        }
        case 'unknown':
            return judgeMaxAge(key, rules, inDoubt(lifecycle.doubt));
    }
}
function judgeRotated(key, rules) {
    if (rules.maxAgeMs === undefined || !rules.newest.has(key.key))
        return keep('rotation');
    return judgeElapsed(key, rules.maxAgeMs, rules, inDoubt({ code: 'not-rotated' }), keep('rotation'));
}
function newestOfSecrets(keys) {
    const newest = new Map();
    for (const { key, mark } of keys) {
        if (mark.lifetime.kind !== 'rotation')
            continue;
        const last = newest.get(mark.lifetime.secretId);
        if (last === undefined || Date.parse(key.created_at) > Date.parse(last.created_at))
            newest.set(mark.lifetime.secretId, key);
    }
    return new Set(newest.values());
}
function judgeMaxAge(key, rules, otherwise) {
    if (rules.maxAgeMs === undefined || (0,keys_name/* mayBeInSecret */.S4)(key.mark.lifetime))
        return otherwise;
    return judgeElapsed(key, rules.maxAgeMs, rules, sweep_rule_revoke('max-age'), otherwise);
}
const toleranceMs = 5 * 60_000;
function judgeElapsed({ key }, ms, { times }, ifElapsed, otherwise) {
    const late = times.filter((time) => time - Date.parse(key.created_at) >= ms);
    if (late.length === 0)
        return otherwise;
    if (late.length === times.length)
        return times.length > 1 ? ifElapsed : inDoubt({ code: 'one-clock' });
    return Math.max(...times) - Math.min(...times) > toleranceMs ? inDoubt({ code: 'clocks-disagree' }) : otherwise;
}
function keep(reason) {
    return { action: 'keep', reason };
}
function inDoubt(doubt) {
    return { action: 'keep', reason: 'in-doubt', doubt };
}
function sweep_rule_revoke(reason) {
    return { action: 'revoke', reason };
}

;// CONCATENATED MODULE: ./build/keys/sweep.js






async function sweep(request, effects) {
    const all = await effects.neon.listOrgApiKeys();
    const keys = await keysInScope(markedKeys(all, request.run.server), request, effects.github);
    const judgeAll = judgeWith(request, effects);
    const { verdicts, blindness } = await judgeAll(keys);
    const planned = { listed: all.length, verdicts, revocations: [], blindness, now: effects.neon.now() };
    effects.onPlan(planned);
    return request.apply ? applyPlan(planned, judgeAll, effects) : planned;
}
async function keysInScope(keys, { repositories, run }, github) {
    if (repositories === '*')
        return keys;
    if (repositories === undefined)
        return keys.filter(({ mark }) => (0,keys_name/* isFrom */.L$)(mark, run));
    const ids = await repositoryIds(await github(), repositories);
    return keys.filter(({ mark }) => ids.has(mark.repositoryId));
}
function judgeWith({ run, maxAgeMs }, effects) {
    const { neon, clock } = effects;
    const own = () => ({ ...(0,github_run/* repositoryOf */._M)(run), repositoryId: run.repositoryId });
    let reader;
    async function readLifecycles(subjects) {
        if (subjects.length === 0)
            return new Map();
        reader ??= lifecycleReader(await effects.github(), own(), clock.now);
        return reader.read(subjects, effects.onResult);
    }
    return async (keys) => {
        const subjects = new Map(keys.map((key) => [key, lifecycleSubjectOf(key)]));
        const toCheck = [...subjects.values()].filter((subject) => subject !== undefined);
        const lifecycles = await readLifecycles(toCheck.filter((subject) => !isOwnRun(subject, run)));
        const ahead = reader?.clockAheadMs();
        const times = [clock.now()];
        if (neon.hasTime())
            times.push(neon.now());
        if (ahead !== undefined)
            times.push(clock.now() + ahead);
        const lifecycleOf = (key) => lifecycles.get(subjects.get(key)) ?? { state: 'active' };
        const rules = { times, maxAgeMs, lifecycleOf, newest: newestOfSecrets(keys) };
        const verdicts = keys.map((key) => ({ ...key, ...judge(key, rules) }));
        return { verdicts, blindness: blindnessOf(lifecycles.values(), run) };
    };
}
function isOwnRun({ kind, repositoryId, number, attempt }, run) {
    return kind === 'run' && repositoryId === run.repositoryId && number === run.runId && attempt === run.runAttempt;
}
function blindnessOf(lifecycles, { repositoryId }) {
    for (const lifecycle of lifecycles) {
        if (lifecycle.state !== 'unknown')
            continue;
        const { doubt } = lifecycle;
        if (doubt.code === 'token-refused')
            return doubt;
        const isHidden = doubt.code === 'repository-not-visible' || doubt.code === 'repository-replaced';
        if (isHidden && doubt.repositoryId === repositoryId)
            return doubt;
    }
    return undefined;
}
const judgeBatchSize = 100;
async function applyPlan(planned, judgeAll, effects) {
    const latest = new Map(planned.verdicts.map((verdict) => [verdict.key, verdict]));
    const toRevoke = planned.verdicts.filter(({ action }) => action === 'revoke');
    const changeable = toRevoke.filter(isChangeable);
    const revocations = await revokeVerdicts(toRevoke.filter((verdict) => !isChangeable(verdict)), effects);
    let { blindness } = planned;
    for (let start = 0; start < changeable.length; start += judgeBatchSize) {
        const batch = changeable.slice(start, start + judgeBatchSize);
        const again = await judgeAll(batch.map(({ key, mark }) => ({ key, mark })));
        blindness ??= again.blindness;
        for (const verdict of again.verdicts)
            latest.set(verdict.key, verdict);
        revocations.push(...(await revokeVerdicts(again.verdicts, effects)));
    }
    return { ...planned, verdicts: [...latest.values()], revocations, blindness };
}
async function revokeVerdicts(verdicts, effects) {
    const targets = verdicts.filter(({ action }) => action === 'revoke').map(({ key }) => (0,revoke/* targetOf */.$r)(key));
    return targets.length === 0 ? [] : (0,revoke/* revokeKeys */.nM)(targets, { ...effects, onOutcome: effects.onRevocation });
}

// EXTERNAL MODULE: ./build/runner/comment.js + 1 modules
var comment = __webpack_require__(7142);
// EXTERNAL MODULE: ./build/runner/mode.js
var mode = __webpack_require__(6412);
;// CONCATENATED MODULE: ./build/operations/sweep-keys.js






const sweepKeys = async (inputs, context) => {
    const trust = (0,mode/* decideMode */.ap)(inputs.mode, context.event());
    const run = context.workflowRun();
    const maxAgeMs = inputs.max_age === undefined ? undefined : inputs.max_age * 1000;
    const log = sweepLog(context);
    const onPlan = (planned) => {
        log.onPlan(planned);
        context.info((0,render_mode/* decision */.x)(trust));
    };
    const request = { run, repositories: inputs.repositories, maxAgeMs, apply: trust.apply };
    const swept = await sweep(request, { ...context, ...log, onPlan }).catch((error) => {
        log.onEnd();
        throw error;
    });
    const result = renderSweep(swept, trust, run, inputs.on_doubt);
    const doubts = doubtsText(swept);
    if (doubts && !failsOnDoubt(swept, inputs.on_doubt))
        context.warning(doubts);
    if (inputs.comment)
        await (0,comment/* commentOnPullRequest */.r)(inputs, sweepComment(swept, trust, run), context);
    return result;
};
const fewKeys = 100;
const progressEveryMs = 5000;
function sweepLog({ clock, info }) {
    let toRevoke = 0;
    const responses = counter(clock, (done) => info(progressLine('responses', done)));
    const revocations = counter(clock, (done) => info(progressLine('revocations', done, toRevoke)));
    return {
        onResult: () => responses.step(),
        onPlan(planned) {
            toRevoke = planned.verdicts.filter(({ action }) => action === 'revoke').length;
            info(planLine(planned));
        },
        onRevocation(revocation) {
            if (toRevoke <= fewKeys)
                info((0,render.revocationLine)(revocation));
            revocations.step();
        },
        onWait: (keyCount, waitMs) => info((0,render.waitLine)(keyCount, waitMs)),
        onEnd: () => toRevoke > 0 && info(cutShort(revocations.steps(), toRevoke)),
    };
}
function counter(clock, onPause) {
    let steps = 0;
    let writtenAt = clock.now();
    return {
        steps: () => steps,
        step() {
            steps += 1;
            if (clock.now() - writtenAt < progressEveryMs)
                return;
            writtenAt = clock.now();
            onPause(steps);
        },
    };
}


/***/ }),

/***/ 7142:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ commentOnPullRequest)
});

// EXTERNAL MODULE: ./build/github/errors.js
var errors = __webpack_require__(7307);
;// CONCATENATED MODULE: ./build/github/comments.js

const commentPermission = '"Pull requests: write" (in a workflow `permissions: pull-requests: write`)';
const request = { needs: commentPermission };
async function writeComment(github, { marker, ...place }, body, otherwise) {
    const existing = await findComment(github, place, marker);
    if (!existing && body === undefined)
        return 'none';
    const text = `${marker}\n${body ?? otherwise}`;
    if (existing?.body === text)
        return 'unchanged';
    const { owner, repo, number: issue_number } = place;
    if (existing) {
        const parameters = { owner, repo, comment_id: existing.id, body: text, request };
        await github.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', parameters);
        return 'updated';
    }
    const parameters = { owner, repo, issue_number, body: text, request: { ...request, retries: 0 } };
    await github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters);
    return 'created';
}
const commentsQuery = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) {
        nodes { fullDatabaseId body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;
async function findComment(github, place, marker) {
    const cursors = new Set();
    for (let after;;) {
        const { nodes, pageInfo } = await readComments(github, place, after);
        if (!Array.isArray(nodes) || typeof pageInfo?.hasNextPage !== 'boolean')
            throw incomplete(place);
        const found = nodes.find((row) => row?.viewerDidAuthor === true && hasMarker(row, marker));
        if (found)
            return toOwnComment(found);
        if (nodes.some((row) => isUnclear(row, marker)))
            throw incomplete(place);
        if (!pageInfo.hasNextPage)
            return undefined;
        const { endCursor } = pageInfo;
        if (typeof endCursor !== 'string' || cursors.has(endCursor))
            throw incomplete(place);
        cursors.add(endCursor);
        after = endCursor;
    }
}
function isUnclear(row, marker) {
    if (row === null)
        return false;
    if (typeof row.body !== 'string')
        return row.viewerDidAuthor !== false;
    return hasMarker(row, marker) && typeof row.viewerDidAuthor !== 'boolean';
}
function hasMarker(row, marker) {
    return `${textOf(row)}\n`.startsWith(`${marker}\n`);
}
function textOf({ body }) {
    return typeof body === 'string' ? body.replaceAll('\r\n', '\n') : '';
}
function incomplete({ number }) {
    return new Error(`GitHub returned incomplete data about the comments of pull request #${number}. Run this job again.`);
}
async function readComments(github, place, after) {
    try {
        const response = await github.graphql(commentsQuery, { ...place, after, request });
        return response?.repository?.pullRequest?.comments ?? {};
    }
    catch (error) {
        if (error.name !== 'GraphqlResponseError')
            throw error;
        throw refusal(error);
    }
}
function refusal(error) {
    const reasons = (error.errors ?? []).map(({ message }) => `"${message}"`);
    const hint = `The token in \`github_token\` requires the permission ${commentPermission}.`;
    return new errors/* GitHubError */.y_({
        method: 'POST',
        route: '/graphql',
        status: 200,
        reason: reasons.join(' and ') || 'and an error without a message',
        hint,
    }, error);
}
function toOwnComment(row) {
    const { fullDatabaseId } = row;
    const id = /^\d+$/.test(String(fullDatabaseId)) ? Number(fullDatabaseId) : Number.NaN;
    if (!Number.isSafeInteger(id))
        throw new Error('GitHub returned a comment without its ID. Run this job again.');
    return { id, body: textOf(row) };
}

// EXTERNAL MODULE: ./build/github/event.js
var github_event = __webpack_require__(6830);
// EXTERNAL MODULE: ./build/github/run.js + 1 modules
var github_run = __webpack_require__(6894);
// EXTERNAL MODULE: ./build/runner/markdown.js
var markdown = __webpack_require__(1134);
;// CONCATENATED MODULE: ./build/runner/comment.js




async function commentOnPullRequest({ operation, org_id }, { body, nothingToSay }, context) {
    const event = context.event();
    const number = event.name === 'pull_request' ? (0,github_event/* pullRequestOf */._)(event) : undefined;
    if (number === undefined)
        return context.info('`comment` has no effect, because this run was not triggered by `pull_request`.');
    const run = context.workflowRun();
    const place = { ...(0,github_run/* repositoryOf */._M)(run), number, marker: `<!-- neon-org-action:${operation}:${org_id} -->` };
    const from = `[${operation}](${run.runsUrl}/${run.runId}), organization \`${org_id}\`\n`;
    const text = body === undefined ? undefined : (0,markdown/* fitComment */.pI)(context.forPublic(body), `\n${from}`);
    try {
        const outcome = await writeComment(await context.github(), place, text, `${nothingToSay}\n\n${from}`);
        context.info(commentOutcomeText(outcome, number));
    }
    catch (error) {
        if (!context.cancelled.aborted)
            context.warning(`The comment on pull request #${number} could not be written. ${error.message}`);
    }
}
function commentOutcomeText(outcome, number) {
    switch (outcome) {
        case 'created':
            return `Wrote a comment on pull request #${number}.`;
        case 'updated':
            return `Updated the comment on pull request #${number}.`;
        case 'unchanged':
            return `The comment on pull request #${number} is up to date.`;
        case 'none':
            return `There is nothing to report on pull request #${number}, so no comment was written.`;
    }
}


/***/ }),

/***/ 4323:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ planNote),
/* harmony export */   x: () => (/* binding */ decision)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1134);

function decision(trust) {
    return `${trust.apply ? 'Applying changes.' : 'Plan only.'} ${reasonText(trust)}`;
}
function planNote(trust) {
    return trust.apply ? '' : `This is a plan, so nothing was changed. ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(reasonText(trust))}`;
}
function reasonText({ mode, event, reason }) {
    switch (reason) {
        case 'mode-input':
            return `\`mode\` is \`${mode}\`.`;
        case 'schedule':
            return 'A schedule runs on the default branch.';
        case 'push':
            return 'This is a push to the default branch.';
        case 'started-on-default-branch':
            return `The event is \`${event}\` on the default branch.`;
        case 'pull-request-merged':
            return 'A pull request was merged into the default branch.';
        case 'no-event':
            return 'This is not running in GitHub Actions, so there is no event.';
        case 'other-event':
            return `\`mode: auto\` does not apply changes on the event \`${event}\`.`;
        case 'chosen-by-event':
            return `The step names people or roles, which the person who triggered \`${event}\` may have chosen.`;
        case 'other-branch':
            return `The event is \`${event}\` on a branch other than the default branch.`;
        case 'branch-deleted':
            return 'This push deleted the branch.';
        case 'fork':
            return 'This is a push to a fork.';
        case 'pull-request-open':
            return 'The pull request is not merged yet.';
        case 'pull-request-not-merged':
            return 'The pull request was closed without being merged.';
        case 'pull-request-into-other-branch':
            return 'The pull request was merged into a branch other than the default branch.';
    }
}


/***/ })

};
