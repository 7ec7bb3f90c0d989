export const id = 907;
export const ids = [907];
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

/***/ 5907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   secretAt: () => (/* binding */ secretAt)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7307);

const routes = {
    repository: '/repos/{owner}/{repo}/actions/secrets',
    environment: '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
    organization: '/orgs/{org}/actions/secrets',
};
// GitHub documentation, "Permissions required for fine-grained personal access tokens".
const permissions = {
    repository: '"Secrets: read and write" of the repository',
    environment: '"Environments: read and write" of the repository',
    organization: '"Secrets: read and write" of the organization',
};
const whoHasIt = ', which a GitHub App or a fine-grained token can be given; the GITHUB_TOKEN of a job never has it';
/** @param repository whose secret it is, or whose owner's */
function secretAt(github, { owner, repo }, place) {
    const route = routes[place.scope];
    const request = { needs: permissions[place.scope] + whoHasIt };
    const parameters = {
        ...(place.scope === 'organization' ? { org: owner } : { owner, repo }),
        ...(place.scope === 'environment' ? { environment_name: place.environment } : {}),
        request,
    };
    const named = { ...parameters, secret_name: place.name };
    async function metadata() {
        try {
            return (await github.request(`GET ${route}/{secret_name}`, named)).data;
        }
        catch (error) {
            if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isNotFound */ .c4)(error))
                return undefined;
            throw error;
        }
    }
    return {
        updatedAt: async () => (await metadata())?.updated_at,
        async prepare() {
            const { key_id, key } = (await github.request(`GET ${route}/public-key`, parameters)).data;
            if (typeof key_id !== 'string' || typeof key !== 'string')
                throw new Error('GitHub did not tell its public key.');
            const readers = place.scope === 'organization' ? await readersOf(github, owner, repo, place, await metadata()) : {};
            const seal = await sealer(key);
            return async (value, signal) => {
                const body = { ...readers, key_id, encrypted_value: seal(value) };
                const options = { ...request, ...(signal ? { signal } : {}) };
                await github.request(`PUT ${route}/{secret_name}`, { ...named, ...body, request: options });
            };
        },
        async remove() {
            try {
                await github.request(`DELETE ${route}/{secret_name}`, named);
                return true;
            }
            catch (error) {
                if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isNotFound */ .c4)(error))
                    return false;
                throw error;
            }
        },
    };
}
/**
 * Who may read an organization's secret: who could until now, or this repository alone when it is new.
 * @returns what GitHub has to be told again at every write
 */
async function readersOf(github, org, repo, { name: secret_name }, existing) {
    if (existing === undefined) {
        const { id } = (await github.rest.repos.get({ owner: org, repo })).data;
        return { visibility: 'selected', selected_repository_ids: [id] };
    }
    if (existing.visibility !== 'selected')
        return existing.visibility ? { visibility: existing.visibility } : {};
    const list = github.rest.actions.listSelectedReposForOrgSecret;
    let total = Number.NaN;
    const ids = await github.paginate(list, { org, secret_name, per_page: 100 }, ({ data }) => {
        total = data.total_count ?? Number.NaN;
        return data.map(({ id }) => id);
    });
    // A repository that is missing here would lose the secret.
    if (ids.length !== total)
        throw new Error(`GitHub did not tell all repositories that read the secret ${secret_name}.`);
    return { visibility: 'selected', selected_repository_ids: ids };
}
/** @returns makes the sealed box (libsodium) that GitHub's API takes, in base64 */
async function sealer(publicKey) {
    const { default: sodium } = await __webpack_require__.e(/* import() */ 768).then(__webpack_require__.bind(__webpack_require__, 4768));
    await sodium.ready;
    const { ORIGINAL } = sodium.base64_variants;
    const key = sodium.from_base64(publicKey, ORIGINAL);
    return (value) => sodium.to_base64(sodium.crypto_box_seal(value, key), ORIGINAL);
}


/***/ })

};
