export const id = 139;
export const ids = [139];
export const modules = {

/***/ 4139:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runMain: () => (/* binding */ runMain)
});

// EXTERNAL MODULE: ./build/inputs/read.js + 1 modules
var read = __webpack_require__(8189);
;// CONCATENATED MODULE: ./build/lib/cancel.js
class Cancelled extends Error {
    name = 'Cancelled';
    signal;
    constructor(signal) {
        super(`cancelled by ${signal}`);
        this.signal = signal;
    }
}
const abandonAfterMs = 6500;
function listenForCancel(signals, onSignal) {
    const soon = new AbortController();
    const now = new AbortController();
    const cancel = (signal) => {
        if (soon.signal.aborted)
            return;
        soon.abort(new Cancelled(signal));
        onSignal(signal);
        setTimeout(() => now.abort(new Cancelled(signal)), abandonAfterMs).unref();
    };
    signals.on('SIGINT', cancel);
    signals.on('SIGTERM', cancel);
    return { cancelled: soon.signal, abandoned: now.signal };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/runner/check.js

function checkRunner(env, { versions, arch }) {
    if (Number.parseInt(versions.node, 10) < 24) {
        const advice = arch === 'arm'
            ? "On 32-bit ARM, GitHub's runner uses Node 20. Use a 64-bit runner."
            : 'Update the runner to 2.327.1 or newer.';
        throw new Error(`This action requires Node 24, but runs on Node ${versions.node}. ${advice}`);
    }
    const missing = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'].filter((name) => !(0,external_node_fs_.existsSync)(env[name] ?? ''));
    if (missing.length > 0) {
        throw new Error(`${missing.join(', ')} must be set to the path of an existing file. GitHub's runner does this for every step.`);
    }
}

// EXTERNAL MODULE: ./build/runner/help.js + 1 modules
var help = __webpack_require__(1945);
// EXTERNAL MODULE: ./build/runner/log.js + 2 modules
var runner_log = __webpack_require__(9327);
;// CONCATENATED MODULE: ./build/main.js





async function runMain(env) {
    const log = (0,runner_log/* createLog */.h)();
    const cancellation = listenForCancel(process, (signal) => log.info(`Received ${signal}: finishing the request in progress.`));
    let operation;
    try {
        for (const secret of (0,read/* secretInputs */._y)(env))
            log.mask(secret);
        checkRunner(env, process);
        const inputs = await (0,read/* readInputs */.Ko)(env, log.warning);
        if (inputs.show_emails)
            log.showEmails();
        operation = inputs.operation;
        const { performStep } = await Promise.all(/* import() */[__webpack_require__.e(72), __webpack_require__.e(674)]).then(__webpack_require__.bind(__webpack_require__, 3674));
        await performStep(inputs, env, log, cancellation);
    }
    catch (error) {
        end(error, operation, log, cancellation.cancelled);
    }
}
const signalExitCodes = { SIGINT: 130, SIGTERM: 143 };
function end(error, operation, log, cancelled) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    if (cancelled.reason instanceof Cancelled) {
        if (error !== cancelled.reason)
            log.info(message);
        log.info(`The step was ${cancelled.reason.message}. The post step revokes its remaining keys.`);
        process.exitCode = signalExitCodes[cancelled.reason.signal] ?? 1;
        setTimeout(() => process.exit(), 500).unref();
    }
    else
        log.fail((0,help.withHelp)(operation === undefined ? message : `\`${operation}\` failed: ${message}`));
    log.debug(stack ?? '');
}


/***/ })

};
