export const id = 756;
export const ids = [756];
export const modules = {

/***/ 6756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var _inputs_read_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7463);
/* harmony import */ var _keys_render_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5189);
/* harmony import */ var _keys_revoke_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7747);
/* harmony import */ var _keys_state_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2600);
/* harmony import */ var _lib_clock_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4570);
/* harmony import */ var _neon_connect_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8067);
/* harmony import */ var _runner_commands_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6717);







/** All of the post step: a cancelled job leaves its posts less than five minutes together. */
const budgetMs = 60_000;
/** One request gets no more than this, so that there is time for another. */
const longestRequestMs = 10_000;
/** Neon is asked again until the time is over; nothing comes after this step. */
const retry = { attempts: 20, longestWaitMs: budgetMs };
/** A lost request that was not carried out until then is not going to be. */
const settleMs = 30_000;
/** After the job: ends the leases that the step left open. It never throws; a key that may be live is an error. */
async function run(env) {
    const runner = (0,_runner_commands_js__WEBPACK_IMPORTED_MODULE_5__/* .createRunner */ .ji)();
    for (const secret of (0,_inputs_read_js__WEBPACK_IMPORTED_MODULE_0__/* .secretInputs */ ._y)(env))
        runner.mask(secret);
    // The default is to die at once; what is being revoked has to be finished.
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => runner.info(`${signal}: still revoking.`));
    }
    const options = (0,_inputs_read_js__WEBPACK_IMPORTED_MODULE_0__/* .readPostInputs */ ._J)(env);
    const complain = options.warnOnly ? runner.warning : runner.fail;
    const unfinished = () => complain('The post step ended before it knew that the key of this step is gone.');
    process.once('exit', unfinished);
    try {
        const state = (0,_keys_state_js__WEBPACK_IMPORTED_MODULE_6__/* .readState */ .un)(env[`STATE_${_keys_state_js__WEBPACK_IMPORTED_MODULE_6__/* .stateName */ .Vi}`] ?? '');
        for (const problem of await endLeases(state, options, env, runner))
            complain(problem);
    }
    catch (error) {
        const { message, stack } = error instanceof Error ? error : new Error(String(error));
        complain(`The post step could not revoke what this step minted: ${message}`);
        runner.debug(stack ?? '');
    }
    process.off('exit', unfinished);
}
/** @returns what people must know: one text for each key that may be live */
async function endLeases(state, options, env, runner) {
    if (options.apiKey === '') {
        const reason = '`api_key` is empty or no key in the post step; GitHub evaluates it anew there.';
        return state.leases.map((lease) => liveKey(lease, state, reason));
    }
    const revocations = await revokeLeases(state, options, env, runner);
    if (options.summary)
        runner.appendSummary(`### 🔒 After the job: the Neon key\n\n${(0,_keys_render_js__WEBPACK_IMPORTED_MODULE_1__/* .revocationsTable */ .WX)(revocations)}\n`);
    const live = new Set(revocations.filter(({ how }) => how === 'failed').map(({ target }) => target.name));
    for (const { name, secret } of state.leases) {
        if (secret && !live.has(name))
            runner.warning(`The new key is revoked: if ${secret} holds it already, it is dead there. Run this job again.`);
    }
    return revocations.flatMap((revocation) => revocation.how === 'failed' ? [liveKey(revocation.target, state, revocation.error.message)] : []);
}
async function revokeLeases({ orgId, apiHost, leases }, { apiKey, timeoutMs }, env, { debug, info }) {
    const { random } = Math;
    const limits = { timeoutMs: Math.min(timeoutMs, longestRequestMs), deadline: _lib_clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .m.now() + budgetMs, retry };
    const { neon, close } = await (0,_neon_connect_js__WEBPACK_IMPORTED_MODULE_4__/* .connectNeon */ .Z)({ apiHost, apiKey, orgId, clock: _lib_clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .m, random, env, debug, ...limits });
    try {
        return await (0,_keys_revoke_js__WEBPACK_IMPORTED_MODULE_2__/* .revokeKeys */ .n)(leases, { neon, clock: _lib_clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .m, settleMs, onOutcome: (revocation) => info((0,_keys_render_js__WEBPACK_IMPORTED_MODULE_1__/* .sentence */ .em)(revocation)) });
    }
    finally {
        await close();
    }
}
function liveKey(target, { orgId, apiHost }, reason) {
    const keys = `${apiHost.href.replace(/\/$/, '')}/organizations/${orgId}/api_keys`;
    const curl = (request) => `curl -H "Authorization: Bearer $ADMIN_KEY" ${request}`;
    return target.id === undefined
        ? `A key named "${target.name}" may be live. ${reason}\nWith the key of \`api_key\` in ADMIN_KEY, look for its id: ${curl(keys)} and revoke it: ${curl(`-X DELETE ${keys}/<id>`)}`
        : `Key ${target.id} "${target.name}" may still be live. ${reason}\nWith the key of \`api_key\` in ADMIN_KEY, revoke it: ${curl(`-X DELETE ${keys}/${target.id}`)}`;
}


/***/ })

};
