export const id = 756;
export const ids = [756];
export const modules = {

/***/ 6756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var _clock_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7094);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8175);
/* harmony import */ var _keys_revoke_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7747);
/* harmony import */ var _keys_state_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2600);
/* harmony import */ var _neon_connect_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8067);
/* harmony import */ var _operations_endings_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6255);
/* harmony import */ var _runner_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5232);







/** All of the post step: a cancelled job leaves its posts less than five minutes together. */
const budgetMs = 60_000;
/** One request gets no more than this, so that there is time for another. */
const longestRequestMs = 10_000;
/** A lost request that was not carried out until then is not going to be. */
const longestSettleMs = 30_000;
/** After the job: ends the leases that the step left open. It never throws; a key that may be live is an error. */
async function run(env) {
    const runner = (0,_runner_js__WEBPACK_IMPORTED_MODULE_5__/* .createRunner */ .j)();
    for (const secret of (0,_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .secretInputs */ ._y)(env))
        runner.mask(secret);
    // The default is to die at once; what is being revoked has to be finished.
    for (const signal of ['SIGINT', 'SIGTERM'])
        process.on(signal, () => runner.info(`${signal}: still revoking.`));
    const { warnOnly, ...options } = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .readPostInputs */ ._J)(env);
    try {
        const state = (0,_keys_state_js__WEBPACK_IMPORTED_MODULE_6__/* .readState */ .un)(env[`STATE_${_keys_state_js__WEBPACK_IMPORTED_MODULE_6__/* .stateName */ .Vi}`] ?? '');
        const problems = await endLeases(state, options, env, runner);
        if (problems.length > 0)
            complain(problems.join('\n\n'), warnOnly, runner);
    }
    catch (error) {
        const { message, stack } = error instanceof Error ? error : new Error(String(error));
        complain(`The post step could not revoke what this step minted: ${message}`, warnOnly, runner);
        runner.debug(stack ?? '');
    }
}
/** @returns what people must know: one text for each key that may be live */
async function endLeases(state, options, env, runner) {
    const { orgId, apiHost, leases } = state;
    if (options.apiKey === '') {
        return leases.map((lease) => liveKey(lease, state, '`api_key` is empty in the post step; GitHub evaluates it anew there.'));
    }
    const { neon, close } = await (0,_neon_connect_js__WEBPACK_IMPORTED_MODULE_3__/* .connectNeon */ .Z)({
        apiHost,
        apiKey: options.apiKey,
        orgId,
        timeoutMs: Math.min(options.timeoutMs, longestRequestMs),
        deadline: _clock_js__WEBPACK_IMPORTED_MODULE_0__/* .systemClock */ .m.now() + budgetMs,
        clock: _clock_js__WEBPACK_IMPORTED_MODULE_0__/* .systemClock */ .m,
        random: Math.random,
        env,
        debug: runner.debug,
    });
    try {
        const endings = await (0,_keys_revoke_js__WEBPACK_IMPORTED_MODULE_2__/* .revokeKeys */ .n)(leases, { neon, clock: _clock_js__WEBPACK_IMPORTED_MODULE_0__/* .systemClock */ .m, settleMs: Math.min(options.timeoutMs, longestSettleMs) });
        const told = endings.filter(({ how }) => how !== 'failed');
        for (const ending of told)
            runner.info((0,_operations_endings_js__WEBPACK_IMPORTED_MODULE_4__/* .sentence */ .e)(ending));
        if (options.summary && told.length > 0) {
            runner.appendSummary(`### 🔒 The Neon key of this step is gone\n\n${(0,_operations_endings_js__WEBPACK_IMPORTED_MODULE_4__/* .endingsTable */ .J)(told)}\n`);
        }
        return endings.flatMap((ending) => ending.how === 'failed' ? [liveKey(ending.target, state, ending.error.message)] : []);
    }
    finally {
        await close();
    }
}
function liveKey(target, { orgId, apiHost }, reason) {
    const curl = (method, path) => `curl -X ${method} -H "Authorization: Bearer $NEON_API_KEY" ${apiHost.href.replace(/\/$/, '')}/organizations/${orgId}/api_keys${path}`;
    return target.id === undefined
        ? `A key named "${target.name}" may be live. ${reason}\nLook for its id, and revoke it with -X DELETE …/api_keys/<id>: ${curl('GET', '')}`
        : `Key ${target.id} "${target.name}" may still be live. ${reason}\nRevoke it: ${curl('DELETE', `/${target.id}`)}`;
}
function complain(message, warnOnly, runner) {
    if (warnOnly)
        runner.warning(message);
    else
        runner.fail(message);
}


/***/ })

};
