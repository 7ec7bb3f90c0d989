export const id = 234;
export const ids = [234];
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

/***/ 4234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   lifecycleReader: () => (/* binding */ lifecycleReader),
/* harmony export */   repositoryIds: () => (/* binding */ repositoryIds)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7307);

/** @param own this workflow's repository, whose name is known */
function lifecycleReader(github, own) {
    const names = new Map();
    const runs = new Map();
    const pulls = new Map();
    const troubles = troubleLog();
    /** The repository, as far as the token sees it. */
    const nameOf = (id) => once(names, id, () => findRepository(github, id));
    /**
     * 404 means gone only where the token sees the repository, and the name is still its own: GitHub hides what it may not
     * tell behind it.
     */
    async function explainMissing(id, asked, error) {
        const now = await nameOf(id);
        if ('unknown' in now)
            return { unknown: told(error) };
        const isSame = fullName(now) === fullName(asked);
        return isSame ? 'gone' : { unknown: `its repository is called ${fullName(now)} by now` };
    }
    /** Asks one question; where a repository does not let the token ask, the next one is not asked. */
    async function ask(id, kind, question) {
        const topic = `${id} ${kind}`;
        const known = troubles.known(topic);
        if (known !== undefined)
            return { unknown: known };
        const named = id === own.repositoryId ? { owner: own.owner, repo: own.repo } : await nameOf(id);
        if ('unknown' in named)
            return named;
        return question(named).catch((error) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isNotFound */ .c4)(error) ? explainMissing(id, named, error) : { unknown: troubles.note(topic, error) });
    }
    return {
        async run(repositoryId, run_id, attempt) {
            const facts = await once(runs, `${repositoryId} ${run_id}`, () => ask(repositoryId, 'runs', async (place) => {
                const request = { needs: '"Actions: read"' };
                return (await github.rest.actions.getWorkflowRun({ ...place, run_id, request })).data;
            }));
            if (facts === 'gone')
                return 'over';
            if ('unknown' in facts)
                return facts;
            return stateOf(facts, attempt);
        },
        pullRequest: (repositoryId, number) => once(pulls, `${repositoryId} ${number}`, async () => {
            const state = await ask(repositoryId, 'pull requests', async (place) => {
                const request = { needs: '"Pull requests: read"' };
                return (await github.rest.pulls.get({ ...place, pull_number: number, request })).data.state;
            });
            if (typeof state === 'object')
                return state;
            if (state === 'open')
                return 'holds';
            return state === 'closed' || state === 'gone' ? 'over' : { unknown: 'GitHub did not tell its state' };
        }),
    };
}
/** An answer about an earlier attempt than the key's is an old one. */
function stateOf({ status, run_attempt = 0 }, attempt) {
    if (run_attempt > attempt)
        return 'over';
    if (run_attempt < attempt || typeof status !== 'string')
        return { unknown: 'GitHub does not tell of this attempt yet' };
    return status === 'completed' ? 'over' : 'holds';
}
/** So many failures, and a topic is not asked about any more. */
const enough = 3;
/** What went wrong so far, by topic. */
function troubleLog() {
    const troubles = new Map();
    return {
        /** @returns the reason not to ask any more */
        known(topic) {
            const trouble = troubles.get(topic);
            return trouble && trouble.failures >= enough ? trouble.reason : undefined;
        },
        /** @returns the error in words. @throws what is no error of GitHub's */
        note(topic, error) {
            if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitHubError */ .y_))
                throw error;
            // The first words stay: questions that were asked together are refused together, each under an id of its own.
            const { reason, failures } = troubles.get(topic) ?? { reason: told(error), failures: 0 };
            troubles.set(topic, { reason, failures: failures + (isFinal(error) ? enough : 1) });
            return reason;
        },
    };
}
/** Whether the next question would fail in the same way: no right, no more requests, nobody there. */
function isFinal({ facts: { status } }) {
    return status === undefined || status === 401 || status === 403 || status === 429;
}
/** By its number: a name changes, and another repository may take it. `GET /repositories/{id}` is not in the documentation. */
async function findRepository(github, id) {
    try {
        const { data } = await github.request('GET /repositories/{id}', { id });
        const { full_name } = data;
        return typeof full_name === 'string'
            ? placeOf(full_name)
            : { unknown: 'GitHub did not tell the name of its repository' };
    }
    catch (error) {
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitHubError */ .y_))
            throw error;
        const gone = `repository ${id} is gone, or the token in \`github_token\` may not see it`;
        return { unknown: (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isNotFound */ .c4)(error) ? gone : told(error) };
    }
}
function fullName({ owner, repo }) {
    return `${owner}/${repo}`.toLowerCase();
}
function placeOf(fullName) {
    const [owner = '', repo = ''] = fullName.split('/');
    return { owner, repo };
}
function told(error) {
    return error.message.replaceAll('\n', ' ').replace(/\.$/, '');
}
function once(answers, key, ask) {
    const answer = answers.get(key) ?? ask();
    answers.set(key, answer);
    return answer;
}
/** @returns the ids of repositories given as `owner/name`. @throws GitHubError for one that is not there */
async function repositoryIds(github, names) {
    const ids = await Promise.all(names.map(async (name) => (await github.rest.repos.get(placeOf(name))).data.id));
    if (!ids.every(Number.isSafeInteger))
        throw new Error('GitHub did not tell the ids of the repositories.');
    return new Set(ids);
}


/***/ })

};
