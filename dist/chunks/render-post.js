export const id = 108;
export const ids = [108];
export const modules = {

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


/***/ })

};
