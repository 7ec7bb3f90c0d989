export const id = 907;
export const ids = [907];
export const modules = {

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
const permissions = {
    repository: '"Secrets: read and write" of the repository',
    environment: '"Environments: read and write" of the repository',
    organization: '"Secrets: read and write" of the organization',
};
const permissionSource = ', which a GitHub App or a fine-grained token can be given; the GITHUB_TOKEN of a job never has it';
function secretAt(github, { owner, repo }, place) {
    const route = routes[place.scope];
    const request = { needs: permissions[place.scope] + permissionSource };
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
            if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isMissing */ .b2)(error))
                return undefined;
            throw error;
        }
    }
    const existing = async () => (await metadata()) ?? (await metadata());
    const publicKey = async () => (await github.request(`GET ${route}/public-key`, parameters)).data;
    return {
        updatedAt: async () => (await metadata())?.updated_at,
        async prepare() {
            const { key_id, key } = await publicKey();
            if (typeof key_id !== 'string' || typeof key !== 'string') {
                throw new Error('GitHub did not return the public key that encrypts the secret. Run this job again.');
            }
            const readers = place.scope === 'organization' ? await readersOf(github, owner, repo, place, await existing()) : {};
            const { sealer } = await Promise.all(/* import() */[__webpack_require__.e(235), __webpack_require__.e(345)]).then(__webpack_require__.bind(__webpack_require__, 2345));
            const seal = sealer(key);
            return (value) => {
                const body = { ...readers, key_id, encrypted_value: seal(value) };
                return async () => {
                    await github.request(`PUT ${route}/{secret_name}`, { ...named, ...body });
                };
            };
        },
        async remove() {
            try {
                await github.request(`DELETE ${route}/{secret_name}`, named);
                return true;
            }
            catch (error) {
                if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isMissing */ .b2)(error))
                    throw error;
                if ((await metadata()) !== undefined)
                    throw error;
                await publicKey();
                return error.facts.maybeDone === true;
            }
        },
    };
}
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
    if (ids.length !== total)
        throw new Error(`GitHub's list of the repositories that can read the secret ${secret_name} is incomplete. Run this job again.`);
    return { visibility: 'selected', selected_repository_ids: ids };
}


/***/ })

};
