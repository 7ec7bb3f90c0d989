export const id = 297;
export const ids = [297];
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

/***/ 1183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ stops),
/* harmony export */   l: () => (/* binding */ peopleResult)
/* harmony export */ });
/* harmony import */ var _email_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6084);
/* harmony import */ var _report_markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4902);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(977);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1838);




function peopleResult(report) {
    const { plan, deeds, unresolved, members } = report;
    const done = deeds.filter(({ how }) => how === 'done').map(({ change }) => change);
    const invited = done.filter(({ kind }) => kind === 'invite');
    const failures = failuresOf(report);
    return {
        changed: done.length > 0,
        outputs: { invited_count: String(invited.length) },
        json: {
            invited: invited.map(changeJson),
            ...(members
                ? {
                    role_changes: done.filter(({ kind }) => kind === 'change-role').map(changeJson),
                    removed: done.filter(({ kind }) => kind === 'remove').map(changeJson),
                }
                : {}),
            failed: deeds.filter(({ how }) => !['done', 'already'].includes(how)).map(failedJson),
            skipped: plan.skip.map(skipJson),
            ...(unresolved
                ? { unresolved: unresolved.map(({ name, why, isBot }) => ({ name, reason: why, bot: isBot })) }
                : {}),
            plan: [...changesOf(plan).map(changeJson), ...plan.skip.map((skip) => ({ ...skipJson(skip), action: 'skip' }))],
        },
        summary: summaryOf(report, done),
        ...(failures.length > 0 ? { failure: failures.join('\n') } : {}),
    };
}
/** A plan fails only because somebody asked for that; that a cap would stop it is a warning. */
function failuresOf({ plan, deeds, trust, stopped }) {
    if (!trust.apply)
        return stopped === undefined ? [] : [stopped];
    const failure = (0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .failureOf */ .g5)(deeds);
    return [
        ...stops({ plan, ...(stopped === undefined ? {} : { stopped }) }),
        ...(failure === undefined ? [] : [failure]),
    ];
}
/** Why the plan may not be carried out. */
function stops({ plan, stopped }) {
    const caps = plan.exceeded.map((text) => `${text}.`);
    const all = stopped === undefined ? caps : [...caps, stopped];
    return all.length > 0 ? [`Nothing was changed. ${all.join(' ')}`] : [];
}
function changesOf({ invite, changeRole, remove }) {
    return [
        ...invite.map((one) => ({ kind: 'invite', ...one })),
        ...changeRole.map((one) => ({ kind: 'change-role', ...one })),
        ...remove.map((one) => ({ kind: 'remove', ...one })),
    ];
}
function changeJson(change) {
    const { kind: action, email, name } = change;
    if (change.kind === 'invite')
        return { email, name, role: change.role, action };
    const member = { email, name, member_id: change.memberId };
    if (change.kind === 'remove')
        return { ...member, role: change.role, action };
    return { ...member, from: change.from, role: change.to, action };
}
function failedJson({ change, how, why = '' }) {
    return { ...changeJson(change), outcome: how, reason: why };
}
function skipJson({ email, name, reason, why }) {
    return { email, name, reason, why };
}
function summaryOf(report, done) {
    const { plan, trust, source = '', unresolved = [], problems = [] } = report;
    const shown = (0,_email_js__WEBPACK_IMPORTED_MODULE_1__/* .shownWith */ .ou)(report.showEmails);
    const changes = changesOf(plan);
    const parts = [
        `### 👥 ${title(changes, done, trust)}`,
        source,
        trust.apply ? '' : `Nothing was done, this is a plan: ${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(trust.why)}.`,
        ...stops(report).map((text) => `⛔ ${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(text, shown)}`),
        changeTables(report, shown),
        unresolvedTable(unresolved, shown),
        section(`⚠️ ${(0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .count */ .U9)(problems.length, 'line')} of CODEOWNERS with a fault`, ['Line', 'Why'], problems.map(({ line, message }) => [String(line), (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(message, shown)])),
        skipTable(plan.skip, shown),
        ...plan.notices.map((notice) => `- ${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(notice, shown)}`),
    ];
    return `${parts.filter(Boolean).join('\n\n')}\n`;
}
const nouns = {
    invite: ['✉️ Invitations', 'invited', 'to invite'],
    'change-role': ['🔁 Roles', 'with a new role', 'to get a new role'],
    remove: ['🚪 Removals', 'removed', 'to remove'],
};
const kinds = Object.keys(nouns);
function title(changes, done, { apply }) {
    const parts = kinds.flatMap((kind) => {
        const number = (apply ? done : changes).filter((change) => change.kind === kind).length;
        return number > 0 ? [`${number} ${nouns[kind][apply ? 1 : 2]}`] : [];
    });
    return parts.length > 0 ? `Neon organization: ${parts.join(', ')}` : 'Neon organization: nothing to change';
}
function changeTables({ plan, deeds }, shown) {
    const became = new Map(deeds.map(({ change, how }) => [key(change), _people_js__WEBPACK_IMPORTED_MODULE_0__/* .outcomes */ .KI[how]]));
    return kinds
        .map((kind) => {
        const changes = changesOf(plan).filter((change) => change.kind === kind);
        const rows = changes.map((change) => [
            ...who(change, shown),
            roleCell(change),
            became.get(key(change)) ?? 'planned',
        ]);
        return section(nouns[kind][0], ['Who', 'E-mail', 'Role', ''], rows);
    })
        .filter(Boolean)
        .join('\n\n');
}
function key({ kind, email }) {
    return `${kind} ${email}`;
}
function who({ name, email }, shown) {
    return [name === email ? '–' : (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(name, shown), (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(email, shown)];
}
function roleCell(change) {
    return change.kind === 'change-role' ? `${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)(change.from)} → ${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)(change.to)}` : (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)(change.role);
}
/** With the lines to copy: only the address is missing in them. */
function unresolvedTable(unresolved, shown) {
    const rows = unresolved.map(({ name, why }) => [(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(name, shown), (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)(why, shown)]);
    const lines = unresolved.flatMap(({ line }) => (line === undefined ? [] : [`  ${(0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(line)}`]));
    const toAdd = `To add to the people file, with their addresses:\n\n\`\`\`yaml\npeople:\n${lines.join('\n')}\n\`\`\``;
    const parts = [section(`❓ ${(0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .count */ .U9)(unresolved.length, 'owner')} without an address`, ['Who', 'Why'], rows)];
    return [...parts, lines.length > 0 ? toAdd : ''].filter(Boolean).join('\n\n');
}
/** Members who stay as they are need no line. */
function skipTable(skip, shown) {
    const members = skip.filter(({ reason }) => reason === 'member').length;
    const rows = skip
        .filter(({ reason }) => reason !== 'member')
        .map((one) => [...who(one, shown), (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)(one.why, shown)]);
    const parts = [
        section(`⏭️ ${rows.length} skipped`, ['Who', 'E-mail', 'Why'], rows),
        members > 0 ? `${members} ${members === 1 ? 'is a member' : 'are members'} already.` : '',
    ];
    return parts.filter(Boolean).join('\n\n');
}
function section(title, head, rows) {
    return rows.length === 0 ? '' : `#### ${title}\n\n${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .table */ .tp)(head, rows)}`;
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


/***/ }),

/***/ 5315:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ stepsOf),
/* harmony export */   j: () => (/* binding */ planPeople)
/* harmony export */ });
/* harmony import */ var _email_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6084);
/* harmony import */ var _roles_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4243);


function stepsOf({ invite, changeRole, remove, exceeded }) {
    return exceeded.length > 0 ? { invite: [], changeRole: [], remove: [] } : { invite, changeRole, remove };
}
/** An invitation younger than this is not repeated: a run that is started again must not send a second e-mail. */
const reinviteAfterMs = 24 * 60 * 60 * 1000;
/**
 * Plans who is invited, whose role is changed, who is removed, and who is skipped and why. Its order does not depend on
 * the order of what it is given. The last admin, the owner of the key and protected addresses are never touched.
 */
function planPeople(situation, rules) {
    const { people, notices } = mergeDesired(situation.desired, rules.defaultRole ?? 'member');
    const plan = { invite: [], changeRole: [], remove: [], skip: [], notices, exceeded: [] };
    planInvitations(people, situation, rules, plan);
    if (rules.members) {
        for (const row of [...situation.members].sort(byAddress))
            planMember(row, people.get(emailOf(row)), situation, rules, plan);
        // An empty list is a mistake more often than a wish.
        const unsure = people.size === 0 ? ['nobody at all is named', ...rules.unsure] : rules.unsure;
        if (unsure.length > 0)
            withholdRemovals(plan, unsure);
        keepAnAdmin(plan, situation.members);
    }
    plan.skip.sort((a, b) => compare(a.email, b.email));
    plan.exceeded = exceededCaps(plan, situation.members.length, rules);
    return plan;
}
/** One entry an address, by address. */
function mergeDesired(desired, defaultRole) {
    const groups = Map.groupBy(desired, ({ email }) => email.toLowerCase());
    const notices = [];
    const people = [...groups]
        .sort(([a], [b]) => compare(a, b))
        .map(([email, group]) => {
        const name = [...new Set(group.map((one) => one.name))].sort(compare).join(' ');
        const own = group.flatMap(({ role }) => role ?? []);
        const stated = own.length > 0 ? own : group.flatMap(({ teamRoles = [] }) => teamRoles);
        const different = [...new Set(stated)].sort(compare);
        const role = stated.length > 0 ? stated.reduce(_roles_js__WEBPACK_IMPORTED_MODULE_0__/* .lesserRole */ .$Q) : defaultRole;
        if (different.length > 1)
            notices.push(`${name} is given the roles ${different.join(' and ')}: the lesser one counts, ${role}.`);
        return { email, name, role, isStated: stated.length > 0 };
    });
    return { people: new Map(people.map((person) => [person.email, person])), notices };
}
function planInvitations(people, situation, rules, plan) {
    const members = new Map(situation.members.map((row) => [emailOf(row), row]));
    const invited = latestInvitations(situation.invitations);
    for (const person of people.values()) {
        const skip = whyNotInvite(person.email, members, invited, situation.now, rules);
        if (skip)
            plan.skip.push({ email: person.email, name: person.name, ...skip });
        // A member whose role is managed is told with the members.
        else if (!members.has(person.email))
            plan.invite.push({ email: person.email, name: person.name, role: person.role });
    }
}
function latestInvitations(invitations) {
    const latest = new Map();
    for (const invitation of invitations) {
        const email = invitation.email.toLowerCase();
        const known = latest.get(email);
        if (!known || compare(known.invited_at, invitation.invited_at) < 0)
            latest.set(email, invitation);
    }
    return latest;
}
function whyNotInvite(email, members, invited, now, rules) {
    const member = members.get(email);
    if (member)
        return rules.members ? undefined : whyMember(member);
    if (rules.excluded.has(email))
        return { reason: 'excluded', why: 'is excluded' };
    if (!isAllowed(email, rules))
        return { reason: 'domain', why: `${(0,_email_js__WEBPACK_IMPORTED_MODULE_1__/* .domainOf */ .Ow)(email)} is not in \`allowed_domains\`` };
    const invitation = invited.get(email);
    if (!invitation || (rules.reinvite && isOld(invitation, now)))
        return undefined;
    const day = invitation.invited_at.slice(0, 10);
    // Neon lists pending and accepted invitations alike.
    const state = `was invited on ${day} and is not a member: has not accepted yet, or has left`;
    const more = rules.reinvite ? 'not a day ago' : '`reinvite: true` invites again';
    return { reason: 'invited', why: `${state} (${more})` };
}
function isOld({ invited_at }, now) {
    return now - Date.parse(invited_at) >= reinviteAfterMs;
}
function isAllowed(email, { allowedDomains }) {
    return allowedDomains.length === 0 || allowedDomains.includes((0,_email_js__WEBPACK_IMPORTED_MODULE_1__/* .domainOf */ .Ow)(email));
}
function whyMember({ member, user }) {
    if (user.deactivated_at === undefined)
        return { reason: 'member', why: `is a member already (${member.role})` };
    return { reason: 'deactivated', why: deactivated(user.deactivated_at) };
}
function deactivated(since) {
    return `is a member whose account was deactivated on ${since.slice(0, 10)}`;
}
/** @param person undefined: nobody asks for this member */
function planMember(row, person, situation, rules, plan) {
    const { member } = row;
    const email = emailOf(row);
    const name = person?.name ?? email;
    const why = whyKeep(row, person, situation, rules);
    if (why)
        plan.skip.push({ email, name, ...why });
    else if (!person)
        plan.remove.push({ memberId: member.id, email, name, role: member.role });
    else
        plan.changeRole.push({ memberId: member.id, email, name, from: member.role, to: person.role });
}
/** @returns why a member stays as they are; undefined: they change or go */
function whyKeep(row, person, { self }, rules) {
    const email = emailOf(row);
    const { member, user } = row;
    const isUnsaid = person !== undefined && !person.isStated && rules.defaultRole === undefined;
    if (isUnsaid || person?.role === member.role)
        return whyMember(row);
    const change = person ? `the role ${person.role} is asked for` : 'is not named';
    if (rules.excluded.has(email))
        return { reason: 'excluded', why: 'is excluded' };
    if (member.user_id === self)
        return { reason: 'self', why: `owns the key in use (${change})` };
    if (rules.protectedEmails.has(email))
        return { reason: 'protected', why: `is in \`protected_emails\` (${change})` };
    if (person && user.deactivated_at !== undefined)
        return { reason: 'deactivated', why: deactivated(user.deactivated_at) };
    if (person && !isAllowed(email, rules))
        return { reason: 'domain', why: `${(0,_email_js__WEBPACK_IMPORTED_MODULE_1__/* .domainOf */ .Ow)(email)} is not in \`allowed_domains\`` };
    if (!person && isNever(rules.maxRemovals))
        return { reason: 'not-listed', why: 'is not named, and stays: `max_removals` is 0' };
    return undefined;
}
function isNever(cap) {
    return ('count' in cap ? cap.count : cap.percent) === 0;
}
function withholdRemovals(plan, unsure) {
    const why = `is not named, and stays: ${unsure.join('; ')}`;
    plan.skip.push(...plan.remove.map(({ email, name }) => ({ email, name, reason: 'withheld', why })));
    plan.remove = [];
}
/** Promotions do not count: they may fail. One who is still asked for stays admin rather than one who is not. */
function keepAnAdmin(plan, members) {
    const isActive = new Map(members.map(({ member, user }) => [member.id, user.deactivated_at === undefined]));
    const leaving = [
        ...plan.changeRole.filter(({ from }) => from === 'admin'),
        ...plan.remove.filter(({ role }) => role === 'admin'),
    ];
    const left = new Set(leaving.map(({ memberId }) => memberId));
    const stays = members.some(({ member }) => member.role === 'admin' && isActive.get(member.id) && !left.has(member.id));
    const kept = leaving.find(({ memberId }) => isActive.get(memberId)) ?? leaving[0];
    if (stays || !kept)
        return;
    plan.changeRole = plan.changeRole.filter((change) => change !== kept);
    plan.remove = plan.remove.filter((removal) => removal !== kept);
    plan.skip.push({
        email: kept.email,
        name: kept.name,
        reason: 'last-admin',
        why: 'stays: would be the last admin to go',
    });
}
function exceededCaps({ invite, changeRole, remove }, memberCount, rules) {
    const caps = [
        ['max_invitations', rules.maxInvitations, invite.length, 'be invited'],
        ['max_role_changes', rules.maxRoleChanges, changeRole.length, 'get another role'],
        ['max_removals', rules.maxRemovals, remove.length, 'be removed'],
    ];
    return caps.flatMap(([name, cap, planned, verb]) => {
        const most = 'count' in cap ? cap.count : Math.floor((memberCount * cap.percent) / 100);
        const share = 'count' in cap ? '' : ` (${cap.percent}% of ${memberCount} members)`;
        return planned > most ? [`\`${name}\` allows ${most}${share}, and ${planned} would ${verb}`] : [];
    });
}
function emailOf({ user }) {
    return user.email.toLowerCase();
}
function byAddress(a, b) {
    return compare(emailOf(a), emailOf(b)) || compare(a.member.id, b.member.id);
}
/** By code units: the same on every machine. */
function compare(a, b) {
    return a < b ? -1 : Number(a > b);
}


/***/ }),

/***/ 4243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ lesserRole),
/* harmony export */   Ot: () => (/* binding */ roles),
/* harmony export */   gP: () => (/* binding */ parseRole)
/* harmony export */ });
/** The roles of Neon, the one that may most first: the order of its OpenAPI document (`MemberRole`). */
const roles = ['admin', 'member', 'editor', 'viewer', 'collaborator'];
function parseRole(text) {
    return roles.includes(text) ? text : undefined;
}
/** @returns the one that may less */
function lesserRole(a, b) {
    return roles.indexOf(a) > roles.indexOf(b) ? a : b;
}


/***/ })

};
