export const id = 701;
export const ids = [701];
export const modules = {

/***/ 6024:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ decide)
/* harmony export */ });
/* unused harmony export trustOf */
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


/***/ }),

/***/ 8701:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listMembers: () => (/* binding */ listMembers)
/* harmony export */ });
/* harmony import */ var _email_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6084);
/* harmony import */ var _report_markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4902);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(977);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1838);




/** Lists all members, by address. */
const listMembers = async ({ show_emails }, step) => {
    const members = await step.neon.getOrganizationMembers();
    members.sort((a, b) => a.user.email.localeCompare(b.user.email));
    step.info(`${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(members.length, 'member')}.`);
    const rows = members.map((row) => rowOf(row, show_emails));
    return {
        changed: false,
        outputs: { member_count: String(members.length) },
        json: { members: members.map(_people_js__WEBPACK_IMPORTED_MODULE_0__/* .flat */ .Ct) },
        summary: `### 👥 ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(members.length, 'Neon member')}\n\n${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .table */ .tp)(['E-mail', 'Role', 'Joined', 'MFA', 'Id'], rows)}\n`,
    };
};
function rowOf({ member, user }, showEmails) {
    const gone = user.deactivated_at === undefined ? '' : ` (deactivated on ${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)(user.deactivated_at.slice(0, 10))})`;
    const mfa = user.has_mfa === undefined ? 'not told' : user.has_mfa ? 'on' : 'off';
    return [
        (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(user.email, (0,_email_js__WEBPACK_IMPORTED_MODULE_3__/* .shownWith */ .ou)(showEmails)) + gone,
        (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)(member.role),
        (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .time */ .kB)(member.joined_at ?? ''),
        mfa,
        (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(member.id),
    ];
}


/***/ }),

/***/ 1838:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Bb: () => (/* binding */ apply),
  iO: () => (/* binding */ decideAloud),
  g5: () => (/* binding */ failureOf),
  gz: () => (/* binding */ findMember),
  Ct: () => (/* binding */ flat),
  KI: () => (/* binding */ outcomes),
  QV: () => (/* binding */ ownerOfKey)
});

// EXTERNAL MODULE: ./build/github/trust.js
var github_trust = __webpack_require__(6024);
// EXTERNAL MODULE: ./build/neon/errors.js
var errors = __webpack_require__(666);
// EXTERNAL MODULE: ./build/neon/retry.js
var retry = __webpack_require__(9267);
;// CONCATENATED MODULE: ./build/people/apply.js


/** Neon names no limit. A hundred is one request for nearly everybody, and a refused one is found in 7 halvings. */
const batchSize = 100;
const apply_retry = { attempts: 5, longestWaitMs: 30_000 };
/** How long a lost request is looked for: looks after 0, 1, 3 and 7 seconds. */
const looks = 4;
/**
 * Carries a plan out: invitations in batches, then roles, then removals, one by one. Nobody is sent two e-mails: an
 * invitation whose answer was lost is looked for, never sent again. It does not throw for what Neon answers: each
 * change has one deed, also those that were not begun.
 * @param before the invitations that the plan was made with
 */
async function carryOut(steps, before, effects) {
    const deeds = [];
    const run = {
        ...effects,
        before: new Set(before.map(({ id }) => id)),
        end: (change, how, why, invitation) => {
            const deed = { change, how, ...(why === undefined ? {} : { why }), ...(invitation ? { invitation } : {}) };
            deeds.push(deed);
            effects.told(deed);
        },
    };
    for (let start = 0; start < steps.invite.length; start += batchSize) {
        await inviteAll(steps.invite.slice(start, start + batchSize), run);
    }
    for (const change of steps.changeRole)
        await one({ kind: 'change-role', ...change }, run);
    for (const removal of steps.remove)
        await one({ kind: 'remove', ...removal }, run);
    return deeds;
}
/** Whether the run is over; then `changes` are told as not begun. */
function isOver(changes, run) {
    if (run.cancelled.aborted)
        run.halted ??= 'the step was cancelled';
    if (run.halted !== undefined)
        endAll(changes, 'not-begun', run, run.halted);
    return run.halted !== undefined;
}
function endAll(changes, how, run, why) {
    for (const change of changes)
        run.end(change, how, why);
}
async function inviteAll(invites, run) {
    let open = invites.map((invite) => ({ kind: 'invite', ...invite }));
    for (let round = 1; open.length > 0 && !isOver(open, run); round += 1) {
        let made = [];
        const error = await tryTo(run, async () => {
            made = await run.neon.createOrganizationInvitations(open.map(({ email, role }) => ({ email, role })));
        });
        if (error === undefined)
            return endInvited(open, made, run);
        if (error !== 'cancelled')
            open = await afterFailure(open, error, round, run);
    }
}
function endInvited(invited, made, run) {
    const invitations = new Map(made.map((invitation) => [invitation.email.toLowerCase(), invitation]));
    for (const invite of invited)
        run.end(invite, 'done', undefined, invitations.get(invite.email));
}
/** @returns whom to ask for again: those who were surely not invited */
async function afterFailure(open, error, round, run) {
    const { kind } = error.facts;
    if (kind === 'refused') {
        await refusedInvitations(open, error, run);
        return [];
    }
    const wait = kind === 'unknown' ? undefined : (0,retry/* waitBeforeRetry */.jy)(error.facts, round, run.random(), apply_retry);
    if (wait !== undefined)
        await tryTo(run, () => run.clock.sleep(wait, run.cancelled));
    const missing = kind === 'not-done' ? open : await settle(open, error, kind === 'unknown' ? looks : 1, run);
    if (wait !== undefined || missing.length === 0)
        return missing;
    run.halted ??= error.message;
    endAll(missing, kind === 'unknown' ? 'unknown' : 'failed', run, error.message);
    return [];
}
/** One address that Neon does not take spoils the whole batch: halves are sent, down to that address. */
async function refusedInvitations(open, error, run) {
    if (isForbidden(error))
        run.halted = error.message;
    if (open.length === 1 || isForbidden(error))
        return endAll(open, 'failed', run, error.message);
    const half = Math.ceil(open.length / 2);
    await inviteAll(open.slice(0, half), run);
    await inviteAll(open.slice(half), run);
}
/**
 * Looks which of the lost invitations are there after all, and ends those.
 * @returns the others
 */
async function settle(open, lost, times, run) {
    let missing = open;
    for (let look = 1; look <= times && missing.length > 0; look += 1) {
        if (look > 1)
            await tryTo(run, () => run.clock.sleep(1000 * 2 ** (look - 2), run.cancelled));
        const there = new Set();
        let made = [];
        const error = await tryTo(run, async () => {
            made = (await run.neon.getOrganizationInvitations()).filter(({ id }) => !run.before.has(id));
            for (const { email } of made)
                there.add(email.toLowerCase());
            if (missing.every(({ email }) => there.has(email)))
                return;
            for (const { user } of await run.neon.getOrganizationMembers())
                there.add(user.email.toLowerCase());
        });
        endInvited(missing.filter(({ email }) => there.has(email)), made, run);
        missing = missing.filter(({ email }) => !there.has(email));
        if (error !== undefined) {
            const why = `${lost.message}\nLooking for them failed too${error === 'cancelled' ? '' : `: ${error.message}`}`;
            run.halted ??= error === 'cancelled' ? 'the step was cancelled' : why;
            endAll(missing, 'unknown', run, why);
            return [];
        }
    }
    return missing;
}
async function one(change, run) {
    if (isOver([change], run) || (await isLastAdmin(change, run)))
        return;
    const error = await tryTo(run, () => change.kind === 'remove'
        ? run.neon.removeOrganizationMember(change.memberId)
        : run.neon.updateOrganizationMember(change.memberId, change.to));
    if (error === undefined)
        return run.end(change, 'done');
    if (error === 'cancelled')
        return void isOver([change], run);
    if (isForbidden(error) && error.facts.status !== 404)
        run.halted = error.message;
    if (error.facts.kind === 'refused')
        return refused(change, error, run);
    run.halted ??= error.message;
    const state = error.facts.kind === 'not-done' ? 'as-before' : await stateOf(change, run);
    if (state === 'changed')
        run.end(change, 'done');
    else
        run.end(change, state === 'as-before' ? 'failed' : 'unknown', error.message);
}
function refused(change, error, run) {
    const isGone = change.kind === 'remove' && error.facts.status === 404;
    if (!isGone)
        run.end(change, 'failed', error.message);
    else if (error.facts.maybeDone)
        run.end(change, 'done');
    else
        run.end(change, 'already', 'was not a member any more');
}
/** After a lost answer: what the member is now. */
async function stateOf(change, run) {
    let role;
    const error = await tryTo(run, async () => {
        role = (await run.neon.getOrganizationMember(change.memberId)).role;
    });
    if (error === undefined)
        return change.kind === 'change-role' && role === change.to ? 'changed' : 'as-before';
    const isGone = error !== 'cancelled' && error.facts.kind === 'refused' && error.facts.status === 404;
    return isGone && change.kind === 'remove' ? 'changed' : 'unknown';
}
/** The plan knows the admins of a moment ago: before one of them goes, Neon is asked again. */
async function isLastAdmin(change, run) {
    const isAdmin = (change.kind === 'remove' ? change.role : change.from) === 'admin';
    if (!isAdmin)
        return false;
    let others = 0;
    const error = await tryTo(run, async () => {
        const rows = await run.neon.getOrganizationMembers();
        others = rows.filter(({ member: { id, role }, user }) => role === 'admin' && id !== change.memberId && user.deactivated_at === undefined).length;
    });
    if (error === 'cancelled')
        return isOver([change], run);
    if (error !== undefined)
        run.end(change, 'failed', `whether another admin is left could not be read: ${error.message}`);
    else if (others === 0)
        run.end(change, 'failed', 'is the last admin by now, and stays');
    return error !== undefined || others === 0;
}
/** Who may not do it for one person may not for the next. */
function isForbidden({ facts }) {
    return facts.kind === 'refused' && [401, 403, 404].includes(facts.status ?? 0);
}
/** @returns what went wrong; `cancelled` when nothing was sent because of that */
async function tryTo(run, work) {
    try {
        await work();
        return undefined;
    }
    catch (error) {
        if (error instanceof errors/* NeonError */.T)
            return error;
        if (run.cancelled.aborted)
            return 'cancelled';
        throw error;
    }
}

// EXTERNAL MODULE: ./build/text.js
var build_text = __webpack_require__(977);
;// CONCATENATED MODULE: ./build/operations/people.js




/** What `mode` comes to; a line of the log says so. */
function decideAloud(mode, step) {
    const trust = (0,github_trust/* decide */.L)(mode, step.event());
    step.info(`${trust.apply ? 'Applying' : 'Only planning'}: ${trust.why}.`);
    return trust;
}
/**
 * Whose personal key is in use.
 * @returns undefined for a key that is nobody's: with it one can plan, and nothing else
 * @throws NeonError
 */
async function ownerOfKey(neon, { apply }) {
    try {
        return (await neon.getCurrentUserInfo()).id;
    }
    catch (error) {
        const isNobodys = error instanceof errors/* NeonError */.T && error.facts.kind === 'refused' && error.facts.status !== 401;
        if (isNobodys && !apply)
            return undefined;
        throw error;
    }
}
/** Carries the steps out and tells of each. */
async function apply(steps, before, step) {
    const told = (deed) => step.info(sentence(deed));
    return carryOut(steps, before, { ...step, told });
}
/** One line for the log. */
function sentence({ change, how, why = '' }) {
    const [did, infinitive] = verbs[change.kind];
    const who = change.name === change.email ? change.email : `${change.name} (${change.email})`;
    const as = change.kind === 'invite' ? ` as ${change.role}` : change.kind === 'change-role' ? ` to ${change.to}` : '';
    const reason = why && `: ${(0,build_text/* oneLine */.TN)(why)}`;
    if (how === 'done')
        return `${did} ${who}${as}.`;
    if (how === 'already')
        return `${who} ${why}: nothing to do.`;
    return how === 'unknown'
        ? `Nobody can tell whether it did ${infinitive} ${who}${as}${reason}`
        : `Did not ${infinitive} ${who}${as}${reason}`;
}
const verbs = {
    invite: ['Invited', 'invite'],
    'change-role': ['Changed the role of', 'change the role of'],
    remove: ['Removed', 'remove'],
};
/** What went wrong, each reason once; undefined when nothing did. */
function failureOf(deeds) {
    const open = deeds.filter(({ how }) => how !== 'done' && how !== 'already');
    if (open.length === 0)
        return undefined;
    const reasons = Map.groupBy(open, ({ how, why }) => `${outcomes[how]}: ${why}`);
    const lines = [...reasons].slice(0, 5).map(([reason, some]) => {
        const names = some.slice(0, 5).map(({ change }) => change.name);
        return `${names.join(', ')}${some.length > 5 ? ` and ${some.length - 5} more` : ''} ${reason}`;
    });
    return `${open.length} of ${deeds.length} changes not made for sure. Run it again: what is done is not done twice.\n${lines.join('\n')}`;
}
const outcomes = {
    done: '✅ done',
    already: '☑️ done before',
    failed: '❌ not done',
    unknown: '❓ not known',
    'not-begun': '⏸️ not begun',
};
/** @returns the member that is meant, with their address; undefined when there is none */
function findMember(rows, { member_id, email }) {
    return rows.find(({ member, user }) => member_id === undefined ? user.email.toLowerCase() === email : member.id === member_id);
}
/** A member as one object, with their address. */
function flat({ member, user }) {
    return { ...member, ...user };
}


/***/ })

};
