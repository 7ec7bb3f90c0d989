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
    repository: '"Secrets: read and write" on the repository',
    environment: '"Environments: read and write" on the repository',
    organization: '"Secrets: read and write" on the organization',
};
const permissionSource = ', which a GitHub App or a fine-grained token can have; the GITHUB_TOKEN of a job never has it';
function secretAt(github, repository, place) {
    return new ActionsSecret(github, repository, place);
}
class ActionsSecret {
    github;
    repository;
    place;
    route;
    parameters;
    named;
    constructor(github, repository, place) {
        const { owner, repo } = repository;
        this.github = github;
        this.repository = repository;
        this.place = place;
        this.route = routes[place.scope];
        this.parameters = {
            ...(place.scope === 'organization' ? { org: owner } : { owner, repo }),
            ...(place.scope === 'environment' ? { environment_name: place.environment } : {}),
            request: { needs: permissions[place.scope] + permissionSource },
        };
        this.named = { ...this.parameters, secret_name: place.name };
    }
    async updatedAt() {
        return (await this.metadata())?.updated_at;
    }
    async prepare() {
        const { key_id, key } = await this.publicKey();
        if (typeof key_id !== 'string' || typeof key !== 'string')
            throw new Error('GitHub did not return the public key that encrypts the secret. Run this job again.');
        const readers = this.place.scope === 'organization' ? await this.readers() : {};
        const { sealer } = await Promise.all(/* import() */[__webpack_require__.e(235), __webpack_require__.e(345)]).then(__webpack_require__.bind(__webpack_require__, 2345));
        const seal = sealer(key);
        return (value) => {
            const body = { ...readers, key_id, encrypted_value: seal(value) };
            return async () => {
                await this.github.request(`PUT ${this.route}/{secret_name}`, { ...this.named, ...body });
            };
        };
    }
    async remove() {
        try {
            await this.github.request(`DELETE ${this.route}/{secret_name}`, this.named);
            return true;
        }
        catch (error) {
            if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isMissing */ .b2)(error))
                throw error;
            if ((await this.listed()) !== undefined)
                throw error;
            return error.facts.maybeDone === true;
        }
    }
    async metadata() {
        try {
            return (await this.github.request(`GET ${this.route}/{secret_name}`, this.named)).data;
        }
        catch (error) {
            if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isMissing */ .b2)(error))
                return undefined;
            throw error;
        }
    }
    async publicKey() {
        return (await this.github.request(`GET ${this.route}/public-key`, this.parameters)).data;
    }
    async readers() {
        const existing = (await this.metadata()) ?? (await this.listed());
        if (existing === undefined) {
            const { id } = (await this.github.rest.repos.get(this.repository)).data;
            return { visibility: 'selected', selected_repository_ids: [id] };
        }
        if (existing.visibility !== 'selected')
            return existing.visibility ? { visibility: existing.visibility } : {};
        const ids = await this.readAll({
            route: 'GET /orgs/{org}/actions/secrets/{secret_name}/repositories',
            parameters: this.named,
            field: 'repositories',
            list: `repositories that can read the secret ${this.place.name}`,
            keyOf: ({ id }) => id,
        });
        return { visibility: 'selected', selected_repository_ids: [...ids.keys()] };
    }
    async listed() {
        const secrets = await this.readAll({
            route: `GET ${this.route}`,
            parameters: this.parameters,
            field: 'secrets',
            list: `${this.place.scope} secrets`,
            keyOf: ({ name }) => String(name).toUpperCase(),
        });
        return secrets.get(this.place.name.toUpperCase());
    }
    async readAll({ route, parameters, field, list, keyOf }) {
        const rows = new Map();
        for (let page = 1;; page += 1) {
            const paged = { ...parameters, per_page: rowsPerSecretsPage, page };
            const data = (await this.github.request(route, paged)).data;
            const found = data[field];
            if (!Array.isArray(found))
                throw incompleteList(list);
            const before = rows.size;
            for (const row of found)
                rows.set(keyOf(row), row);
            if (found.length === rowsPerSecretsPage && rows.size > before)
                continue;
            if (rows.size === data['total_count'])
                return rows;
            throw incompleteList(list);
        }
    }
}
function incompleteList(list) {
    return new Error(`GitHub's list of the ${list} is incomplete. Run this job again.`);
}
const rowsPerSecretsPage = 100;


/***/ })

};
