export const id = 252;
export const ids = [252];
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

/***/ 1252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  getMember: () => (/* reexport */ getMember),
  invite: () => (/* reexport */ invite),
  listInvitations: () => (/* reexport */ listInvitations),
  listMembers: () => (/* reexport */ listMembers),
  removeMember: () => (/* reexport */ removeMember),
  syncPeople: () => (/* reexport */ syncPeople),
  updateMember: () => (/* reexport */ updateMember)
});

// EXTERNAL MODULE: ./build/lib/email.js
var lib_email = __webpack_require__(3520);
;// CONCATENATED MODULE: ./build/members/roles.js
/** The roles of Neon, the one that may most first: the order of its OpenAPI document (`MemberRole`). */
const roles = ['admin', 'member', 'editor', 'viewer', 'collaborator'];
function parseRole(text) {
    return roles.includes(text) ? text : undefined;
}
/** @returns the one that may less */
function lesserRole(a, b) {
    return roles.indexOf(a) > roles.indexOf(b) ? a : b;
}

;// CONCATENATED MODULE: ./build/members/plan.js


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
        plan.notices.push(...unknownProtected(situation.members, rules));
    }
    plan.skip.sort((a, b) => compare(a.email, b.email));
    plan.exceeded = exceededCaps(plan, situation.members.length, rules);
    return plan;
}
/** One entry an address, by address. */
function mergeDesired(desired, defaultRole) {
    const groups = Map.groupBy(desired, ({ email }) => (0,lib_email/* lowerCase */.gQ)(email));
    const notices = [];
    const people = [...groups]
        .sort(([a], [b]) => compare(a, b))
        .map(([email, group]) => {
        const name = [...new Set(group.map((one) => one.name))].sort(compare).join(' ');
        const own = group.flatMap(({ role }) => role ?? []);
        const stated = own.length > 0 ? own : group.flatMap(({ teamRoles = [] }) => teamRoles);
        const different = [...new Set(stated)].sort(compare);
        const role = stated.length > 0 ? stated.reduce(lesserRole) : defaultRole;
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
        const email = (0,lib_email/* lowerCase */.gQ)(invitation.email);
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
        return { reason: 'domain', why: `${(0,lib_email/* domainOf */.Ow)(email)} is not in \`allowed_domains\`` };
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
    return allowedDomains.length === 0 || allowedDomains.includes((0,lib_email/* domainOf */.Ow)(email));
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
    if (!parseRole(member.role)) {
        return { reason: 'protected', why: `has the role ${member.role}, which this action does not know (${change})` };
    }
    if (member.user_id === self)
        return { reason: 'self', why: `owns the key in use (${change})` };
    if (rules.protectedEmails.has(email))
        return { reason: 'protected', why: `is in \`protected_emails\` (${change})` };
    if (person && user.deactivated_at !== undefined)
        return { reason: 'deactivated', why: deactivated(user.deactivated_at) };
    if (person && !isAllowed(email, rules))
        return { reason: 'domain', why: `${(0,lib_email/* domainOf */.Ow)(email)} is not in \`allowed_domains\`` };
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
/** Whether an admin is left whose account is active when this member is none any more. */
function hasOtherAdmin(members, memberId) {
    return members.some(({ member, user }) => member.role === 'admin' && member.id !== memberId && user.deactivated_at === undefined);
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
/** A mistyped address protects nobody. */
function unknownProtected(members, { protectedEmails }) {
    const known = new Set(members.map(emailOf));
    const unknown = [...protectedEmails].filter((email) => !known.has(email)).sort(compare);
    return unknown.map((email) => `${email} in \`protected_emails\` is no member's address.`);
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
    return (0,lib_email/* lowerCase */.gQ)(user.email);
}
function byAddress(a, b) {
    return compare(emailOf(a), emailOf(b)) || compare(a.member.id, b.member.id);
}
/** By code units: the same on every machine. */
function compare(a, b) {
    return a < b ? -1 : Number(a > b);
}

// EXTERNAL MODULE: ./build/neon/endpoints.js
var endpoints = __webpack_require__(183);
// EXTERNAL MODULE: ./build/runner/markdown.js
var markdown = __webpack_require__(1134);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/neon/errors.js
var errors = __webpack_require__(666);
// EXTERNAL MODULE: ./build/neon/retry.js
var retry = __webpack_require__(9267);
;// CONCATENATED MODULE: ./build/members/apply.js




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
            effects.onOutcome(deed);
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
    const invitations = new Map(made.map((invitation) => [(0,lib_email/* lowerCase */.gQ)(invitation.email), invitation]));
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
    // Nothing says that a refused batch went to nobody.
    const missing = await settle(open, error, 1, run);
    const half = Math.ceil(missing.length / 2);
    await inviteAll(missing.slice(0, half), run);
    await inviteAll(missing.slice(half), run);
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
                there.add((0,lib_email/* lowerCase */.gQ)(email));
            if (missing.every(({ email }) => there.has(email)))
                return;
            for (const { user } of await run.neon.getOrganizationMembers())
                there.add((0,lib_email/* lowerCase */.gQ)(user.email));
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
/** A 404 may also say that the key may not do it: whether the member is gone, is asked. */
async function refused(change, error, run) {
    const isGone = change.kind === 'remove' && error.facts.status === 404 && (await stateOf(change, run)) === 'changed';
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
    let isLast = true;
    const error = await tryTo(run, async () => {
        isLast = !hasOtherAdmin(await run.neon.getOrganizationMembers(), change.memberId);
    });
    if (error === 'cancelled')
        return isOver([change], run);
    if (error !== undefined)
        run.end(change, 'failed', `whether another admin is left could not be read: ${error.message}`);
    else if (isLast)
        run.end(change, 'failed', 'is the last admin by now, and stays');
    return isLast;
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

// EXTERNAL MODULE: ./build/runner/mode.js
var runner_mode = __webpack_require__(6412);
;// CONCATENATED MODULE: ./build/operations/people.js





/** What `mode` comes to; a line of the log says so. */
function decideAloud(mode, context) {
    const trust = (0,runner_mode/* decide */.LD)(mode, context.event());
    context.info((0,runner_mode/* decision */.xR)(trust));
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
async function apply(steps, before, context) {
    const onOutcome = (deed) => context.info(sentence(deed));
    return carryOut(steps, before, { ...context, onOutcome });
}
/** One line for the log. */
function sentence({ change, how, why = '' }) {
    const [did, infinitive] = verbs[change.kind];
    const who = change.name === change.email ? change.email : `${change.name} (${change.email})`;
    const as = change.kind === 'invite' ? ` as ${change.role}` : change.kind === 'change-role' ? ` to ${change.to}` : '';
    const reason = why && `: ${(0,lib_text/* oneLine */.TN)(why)}`;
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
    return rows.find(({ member, user }) => member_id === undefined ? (0,lib_email/* lowerCase */.gQ)(user.email) === email : member.id === member_id);
}
/** A member as one object, with their address. */
function flat({ member, user }) {
    return { ...member, ...user };
}

;// CONCATENATED MODULE: ./build/operations/member-change.js





/** Reads who is meant, with a client that cannot write. @throws NeonError */
async function lookUp(inputs, context) {
    const trust = decideAloud(inputs.mode, context);
    const neon = (0,endpoints/* readOnly */.Tu)(context.neon);
    const rows = await neon.getOrganizationMembers();
    const row = findMember(rows, inputs);
    const self = row && (await ownerOfKey(neon, trust));
    const guard = (what) => {
        if (row !== undefined && row.member.user_id === self)
            throw new Error(`${row.user.email} owns the key in use, and ${what}.`);
        if (row?.member.role === 'admin' && !hasOtherAdmin(rows, row.member.id))
            throw new Error(`${row.user.email} is the last admin, and ${what}.`);
    };
    return { row, trust, guard };
}
/** How the person is called who was asked for. */
function asked({ member_id, email }) {
    return member_id ?? email ?? '';
}
/** The part of a change or removal that says whom. */
function personOf({ member, user }) {
    const email = (0,lib_email/* lowerCase */.gQ)(user.email);
    return { memberId: member.id, email, name: email };
}
/** Carries one step out, if it may be; `to`: the role afterwards. */
async function changeMember(row, steps, { trust }, { show_emails }, context, to) {
    const all = { invite: [], changeRole: [], remove: [], ...steps };
    const [deed] = trust.apply ? await apply(all, [], context) : [];
    const isDone = deed?.how === 'done';
    const failure = deed && failureOf([deed]);
    const after = isDone && to !== undefined ? { ...row, member: { ...row.member, role: to } } : row;
    const wanted = to === undefined ? 'be removed' : `have the role ${to}`;
    const outcome = deed ? outcomes[deed.how] : `would ${wanted}; this is a plan: ${trust.why}`;
    if (!deed)
        context.info(`${row.user.email} would ${wanted}.`);
    return {
        ...memberResult(after, show_emails, [[to === undefined ? 'Removal' : `Role ${to}`, (0,markdown/* prose */.CS)(outcome)]]),
        changed: isDone,
        ...(failure ? { failure } : {}),
    };
}
/** A result that tells of one member, nothing changed. */
function memberResult(row, showEmails, more = []) {
    const rows = [['Role', (0,markdown/* plain */.pj)(row.member.role)], ...statusOf(row), ...more];
    return {
        changed: false,
        outputs: {},
        json: { member: flat(row) },
        summary: `### 👤 Neon member\n\n${(0,markdown/* facts */.Ix)([['E-mail', (0,markdown/* code */.aY)(row.user.email, (0,lib_email/* shownWith */.ou)(showEmails))], ['Id', (0,markdown/* code */.aY)(row.member.id)], ...rows])}\n`,
    };
}
function statusOf({ user }) {
    return user.deactivated_at === undefined ? [] : [['Deactivated', (0,markdown/* plain */.pj)(user.deactivated_at.slice(0, 10))]];
}

;// CONCATENATED MODULE: ./build/operations/get-member.js


/** Reads one member. Only the list has addresses, so that is what is read either way. */
const getMember = async (inputs, context) => {
    const row = findMember(await context.neon.getOrganizationMembers(), inputs);
    if (row)
        return memberResult(row, inputs.show_emails);
    throw new Error(`${asked(inputs)} is not a member of the organization; \`list-invitations\` tells who is invited.`);
};

;// CONCATENATED MODULE: ./build/operations/people-report.js





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
    const failure = failureOf(deeds);
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
    const shown = (0,lib_email/* shownWith */.ou)(report.showEmails);
    const changes = changesOf(plan);
    const parts = [
        `### 👥 ${title(changes, done, trust)}`,
        source,
        (0,runner_mode/* planNote */._H)(trust),
        ...stops(report).map((text) => `⛔ ${(0,markdown/* prose */.CS)(text, shown)}`),
        changeTables(report, shown),
        unresolvedTable(unresolved, shown),
        section(`⚠️ ${(0,lib_text/* count */.U9)(problems.length, 'line')} of CODEOWNERS with a fault`, ['Line', 'Why'], problems.map(({ line, message }) => [String(line), (0,markdown/* prose */.CS)(message, shown)])),
        skipTable(plan.skip, shown),
        ...plan.notices.map((notice) => `- ${(0,markdown/* prose */.CS)(notice, shown)}`),
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
    const became = new Map(deeds.map(({ change, how }) => [key(change), outcomes[how]]));
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
    return [name === email ? '–' : (0,markdown/* code */.aY)(name, shown), (0,markdown/* code */.aY)(email, shown)];
}
function roleCell(change) {
    return change.kind === 'change-role' ? `${(0,markdown/* plain */.pj)(change.from)} → ${(0,markdown/* plain */.pj)(change.to)}` : (0,markdown/* plain */.pj)(change.role);
}
/** With the lines to copy: only the address is missing in them. */
function unresolvedTable(unresolved, shown) {
    const rows = unresolved.map(({ name, why }) => [(0,markdown/* code */.aY)(name, shown), (0,markdown/* plain */.pj)(why, shown)]);
    const lines = unresolved.flatMap(({ line }) => (line === undefined ? [] : [`  ${(0,lib_text/* oneLine */.TN)(line)}`]));
    const toAdd = `To add to the people file, with their addresses:\n\n\`\`\`yaml\npeople:\n${lines.join('\n')}\n\`\`\``;
    const parts = [section(`❓ ${(0,lib_text/* count */.U9)(unresolved.length, 'owner')} without an address`, ['Who', 'Why'], rows)];
    return [...parts, lines.length > 0 ? toAdd : ''].filter(Boolean).join('\n\n');
}
/** Members who stay as they are need no line. */
function skipTable(skip, shown) {
    const members = skip.filter(({ reason }) => reason === 'member').length;
    const rows = skip
        .filter(({ reason }) => reason !== 'member')
        .map((one) => [...who(one, shown), (0,markdown/* plain */.pj)(one.why, shown)]);
    const parts = [
        section(`⏭️ ${rows.length} skipped`, ['Who', 'E-mail', 'Why'], rows),
        members > 0 ? `${members} ${members === 1 ? 'is a member' : 'are members'} already.` : '',
    ];
    return parts.filter(Boolean).join('\n\n');
}
function section(title, head, rows) {
    return rows.length === 0 ? '' : `#### ${title}\n\n${(0,markdown/* table */.tp)(head, rows)}`;
}

;// CONCATENATED MODULE: ./build/operations/invite.js




const unlimited = { count: Number.POSITIVE_INFINITY };
/** Invites the listed people who are neither members nor invited yet. */
const invite = async (inputs, context) => {
    const trust = decideAloud(inputs.mode, context);
    const neon = (0,endpoints/* readOnly */.Tu)(context.neon);
    const [members, invitations] = [await neon.getOrganizationMembers(), await neon.getOrganizationInvitations()];
    const desired = (inputs.emails ?? []).map(({ email, role }) => ({ email, name: email, ...(role ? { role } : {}) }));
    const plan = planPeople({ desired, members, invitations, now: context.clock.now() }, {
        ...(inputs.role ? { defaultRole: inputs.role } : {}),
        members: false,
        allowedDomains: [],
        excluded: new Set(),
        protectedEmails: new Set(),
        reinvite: inputs.reinvite,
        maxInvitations: unlimited,
        maxRoleChanges: unlimited,
        maxRemovals: unlimited,
        unsure: [],
    });
    for (const { email, why } of plan.skip)
        context.info(`${email} ${why}.`);
    const deeds = trust.apply ? await apply(stepsOf(plan), invitations, context) : [];
    const result = peopleResult({ plan, deeds, trust, showEmails: inputs.show_emails, members: false });
    return { ...result, json: { ...result.json, invitations: deeds.flatMap(({ invitation }) => invitation ?? []) } };
};

;// CONCATENATED MODULE: ./build/operations/list-invitations.js



/** Lists invitations, the newest first. Neon lists pending and accepted ones alike: whoever is a member has accepted. */
const listInvitations = async ({ show_emails }, context) => {
    const all = await context.neon.getOrganizationInvitations();
    const members = new Set((await context.neon.getOrganizationMembers()).map(({ user }) => (0,lib_email/* lowerCase */.gQ)(user.email)));
    const invitations = all
        .map((invitation) => ({ ...invitation, accepted: members.has((0,lib_email/* lowerCase */.gQ)(invitation.email)) }))
        .sort((a, b) => b.invited_at.localeCompare(a.invited_at));
    const open = invitations.filter(({ accepted }) => !accepted).length;
    context.info(`${(0,lib_text/* count */.U9)(invitations.length, 'invitation')}, ${open} of them to people who are not members.`);
    const rows = invitations.map(({ email, role, invited_at, accepted }) => [
        (0,markdown/* code */.aY)(email, (0,lib_email/* shownWith */.ou)(show_emails)),
        (0,markdown/* plain */.pj)(role),
        (0,markdown/* time */.kB)(invited_at),
        accepted ? '✅ a member' : '✉️ not accepted yet, or has left',
    ]);
    return {
        changed: false,
        outputs: { invitation_count: String(invitations.length) },
        json: { invitations },
        summary: `### ✉️ ${(0,lib_text/* count */.U9)(invitations.length, 'invitation')}\n\n${rows.length > 0 ? (0,markdown/* table */.tp)(['E-mail', 'Role', 'Invited', ''], rows) : 'None.'}\n`,
    };
};

;// CONCATENATED MODULE: ./build/operations/list-members.js




/** Lists all members, by address. */
const listMembers = async ({ show_emails }, context) => {
    const members = await context.neon.getOrganizationMembers();
    members.sort((a, b) => a.user.email.localeCompare(b.user.email));
    context.info(`${(0,lib_text/* count */.U9)(members.length, 'member')}.`);
    const rows = members.map((row) => rowOf(row, show_emails));
    return {
        changed: false,
        outputs: { member_count: String(members.length) },
        json: { members: members.map(flat) },
        summary: `### 👥 ${(0,lib_text/* count */.U9)(members.length, 'Neon member')}\n\n${(0,markdown/* table */.tp)(['E-mail', 'Role', 'Joined', 'MFA', 'Id'], rows)}\n`,
    };
};
function rowOf({ member, user }, showEmails) {
    const gone = user.deactivated_at === undefined ? '' : ` (deactivated on ${(0,markdown/* plain */.pj)(user.deactivated_at.slice(0, 10))})`;
    const mfa = user.has_mfa === undefined ? 'not told' : user.has_mfa ? 'on' : 'off';
    return [
        (0,markdown/* code */.aY)(user.email, (0,lib_email/* shownWith */.ou)(showEmails)) + gone,
        (0,markdown/* plain */.pj)(member.role),
        (0,markdown/* time */.kB)(member.joined_at ?? ''),
        mfa,
        (0,markdown/* code */.aY)(member.id),
    ];
}

;// CONCATENATED MODULE: ./build/operations/remove-member.js

/** Removes one member; who is none counts as success. Never the last admin, never the owner of the key. */
const removeMember = async (inputs, context) => {
    const found = await lookUp(inputs, context);
    const { row, guard } = found;
    if (!row) {
        context.info(`${asked(inputs)} is not a member of the organization: nothing to do.`);
        const summary = '### 👤 Neon member\n\nThere is no such member: nothing to do.\n';
        return { changed: false, outputs: {}, json: { member: null }, summary };
    }
    guard('stays');
    return changeMember(row, { remove: [{ ...personOf(row), role: row.member.role }] }, found, inputs, context);
};

// EXTERNAL MODULE: ./build/lib/parallel.js
var parallel = __webpack_require__(2257);
// EXTERNAL MODULE: ./build/github/errors.js
var github_errors = __webpack_require__(7307);
;// CONCATENATED MODULE: ./build/github/teams.js


/** What listing teams and identities takes, in GitHub's words. The default token of a job has no such permission. */
const membersPermission = 'the organization permission Members: read (a GitHub App or a fine-grained token; the default GITHUB_TOKEN cannot have it)';
const onePage = 100;
/** GitHub asks for few requests at once. */
const atOnce = 4;
/**
 * Reads the members of teams, those of child teams included (REST documentation, "List team members"), every page.
 * @param teams as `org/slug`
 * @param options `twice`: a team of several pages is read twice, and whoever is in either counts: who leaves between two
 * pages moves another one out of sight, who must not be taken for gone
 * @returns by team; undefined: there is no such team, or the token may not see it
 * @throws GitHubError
 */
async function readTeams(github, teams, { twice = false } = {}) {
    const read = new Map();
    await (0,parallel/* inParallel */.H)(teams, atOnce, async (team) => void read.set(team, await readTeam(github, team, twice)));
    return read;
}
async function readTeam(github, team, twice) {
    const [org = '', team_slug = ''] = team.split('/');
    try {
        const request = { needs: membersPermission };
        const list = () => github.paginate(github.rest.teams.listMembersInOrg, { org, team_slug, per_page: onePage, request });
        const members = await list();
        if (twice && members.length >= onePage)
            members.push(...(await list()));
        if (!members.every(({ login, id }) => typeof login === 'string' && Number.isSafeInteger(id)))
            throw new Error(`GitHub did not answer with the members of the team ${team}.`);
        return members.map(({ login, id, type }) => ({ login: login.toLowerCase(), id, isBot: type === 'Bot' }));
    }
    catch (error) {
        if ((0,github_errors/* cannotSee */.Nq)(error))
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/github/identities.js

/** GitHub pages by 100; 100 accounts in a query are far below its limit of 500,000 nodes. */
const identities_batchSize = 100;
/**
 * Asks for accounts by login: one request for each 100, whatever the sources.
 * @param logins in lower case, of letters, digits, hyphens and underscores
 * @throws GitHubError, and Error for whatever else the answer lacks
 */
async function findAccounts(github, organization, logins, sources) {
    const accounts = { found: new Map(), unusable: new Map() };
    for (let start = 0; start < logins.length; start += identities_batchSize) {
        const batch = logins.slice(start, start + identities_batchSize);
        for (;;) {
            const usable = sources.filter((source) => !accounts.unusable.has(source));
            const answer = await ask(github, organization, batch, usable);
            // A source that is refused takes the whole account out of the answer: the others are asked again without it.
            const refused = noteRefusals(answer, accounts.unusable);
            if (refused)
                continue;
            if (!answer.data)
                throw new Error("GitHub's GraphQL answered without data.");
            readBatch(batch, answer, usable, accounts);
            break;
        }
    }
    return accounts;
}
async function ask(github, organization, logins, sources) {
    const variables = Object.fromEntries(logins.map((login, i) => [`l${i}`, login]));
    try {
        const options = { ...variables, organization, request: { needs: membersPermission } };
        const data = (await github.graphql(queryFor(logins.length, sources), options));
        if (typeof data !== 'object')
            throw new Error("GitHub's GraphQL did not answer with data.");
        return { data, errors: [] };
    }
    catch (error) {
        const { name, data, errors } = error;
        // GitHub answers what it can, beside the errors for the rest.
        if (name === 'GraphqlResponseError' && data && errors)
            return { data, errors };
        throw error;
    }
}
function queryFor(count, sources) {
    const each = (line) => Array.from({ length: count }, (_, i) => line(i)).join('\n');
    const profile = sources.includes('profile') ? ' email' : '';
    const verified = sources.includes('verified-domain') ? ' organizationVerifiedDomainEmails(login: $organization)' : '';
    const saml = sources.includes('saml')
        ? `organization(login: $organization) { samlIdentityProvider { ${each((i) => `i${i}: externalIdentities(first: 1, login: $l${i}) { nodes { user { login } samlIdentity { nameId emails { value } } } }`)} } }`
        : '';
    const used = verified || saml ? ', $organization: String!' : '';
    return `query(${Array.from({ length: count }, (_, i) => `$l${i}: String!`).join(', ')}${used}) {
${each((i) => `u${i}: user(login: $l${i}) { databaseId${profile}${verified} }`)}
${saml}
}`;
}
/**
 * Sorts the errors of an answer.
 * @returns whether a source was refused that the batch must be asked again without
 * @throws Error for an error that is no refusal and no missing account
 */
function noteRefusals({ errors }, unusable) {
    let refused = false;
    for (const { type, path = [], message } of errors) {
        const source = sourceAt(path);
        const isMissing = type === 'NOT_FOUND' && path.length === 1 && /^u\d+$/.test(String(path[0]));
        if (isMissing)
            continue;
        if (source === undefined || !isRefusal(type))
            throw new Error(`GitHub's GraphQL answered ${type ?? 'an error'}: ${message}`);
        refused ||= !unusable.has(source);
        unusable.set(source, `${message.replace(/\.$/, '')}; it needs ${membersPermission}`);
    }
    return refused;
}
function sourceAt(path) {
    if (path[0] === 'organization')
        return 'saml';
    if (path.includes('organizationVerifiedDomainEmails'))
        return 'verified-domain';
    return path.includes('email') ? 'profile' : undefined;
}
function isRefusal(type) {
    return type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES' || type === 'NOT_FOUND';
}
function readBatch(batch, { data }, sources, accounts) {
    const provider = data['organization']
        ?.samlIdentityProvider;
    if (sources.includes('saml') && !provider) {
        const why = 'the organization shows no SAML identity provider';
        accounts.unusable.set('saml', `${why}: it has none, or has it on the enterprise, or the token lacks ${membersPermission}`);
    }
    for (const [i, login] of batch.entries()) {
        const user = data[`u${i}`];
        if (user === undefined)
            throw new Error(`GitHub's GraphQL did not answer for the account ${login}.`);
        if (user === null)
            continue;
        if (!Number.isSafeInteger(user.databaseId))
            throw new Error(`GitHub did not tell the number of the account ${login}.`);
        accounts.found.set(login, { id: user.databaseId, addresses: addressesOf(login, user, provider?.[`i${i}`]) });
    }
}
function addressesOf(login, user, identities) {
    // Only an identity that says itself whose it is counts.
    const own = identities?.nodes?.find((identity) => identity?.user?.login.toLowerCase() === login);
    const { nameId, emails } = own?.samlIdentity ?? {};
    const saml = emails?.length ? emails.map(({ value }) => value) : nameId ? [nameId] : [];
    const verified = user.organizationVerifiedDomainEmails ?? [];
    const addresses = {};
    if (saml.length > 0)
        addresses.saml = saml;
    if (verified.length > 0)
        addresses['verified-domain'] = verified;
    if (user.email)
        addresses.profile = [user.email];
    return addresses;
}

// EXTERNAL MODULE: ./build/members/owner.js
var members_owner = __webpack_require__(7987);
;// CONCATENATED MODULE: ./build/members/exclusion.js

function exclusionsOf(owners) {
    const names = (kind) => new Set([...owners].filter((owner) => owner.kind === kind).map((owner) => (0,members_owner/* ownerName */.Hc)(owner).replace(/^@/, '')));
    return { logins: names('user'), teams: names('team'), emails: names('email') };
}

;// CONCATENATED MODULE: ./build/members/resolve.js





const identitySources = (/* unused pure expression or super */ null && (['people-file', 'saml', 'verified-domain', 'profile']));
/** The teams whose members must be known, as `org/slug`. */
function teamsToRead({ owners, exclude }) {
    const teams = [...owners, ...exclude].filter(({ kind }) => kind === 'team');
    return new Set(teams.map((team) => (0,members_owner/* ownerName */.Hc)(team).slice(1)));
}
/** Everybody by login; who is excluded, by name or by a team, is not among the wanted ones. */
function peopleOf(named, teams) {
    const exclusions = exclusionsOf(named.exclude);
    const people = { wanted: new Map(), excluded: new Map() };
    for (const login of exclusions.logins)
        add(people.excluded, { login });
    for (const team of exclusions.teams)
        for (const member of teams.get(team) ?? [])
            add(people.excluded, member);
    for (const owner of named.owners) {
        if (owner.kind === 'user')
            addUnlessExcluded(people, { login: owner.login });
        if (owner.kind === 'team')
            addTeam((0,members_owner/* ownerName */.Hc)(owner).slice(1), exclusions, named, teams, people);
    }
    return people;
}
function addTeam(team, exclusions, { people: file }, teams, people) {
    if (exclusions.teams.has(team))
        return;
    const role = file.teams.get(team);
    for (const member of teams.get(team) ?? [])
        addUnlessExcluded(people, member, role);
}
function addUnlessExcluded(people, one, role) {
    if (!people.excluded.has(one.login))
        add(people.wanted, one, role);
}
function add(people, { login, id, isBot }, role) {
    const known = people.get(login) ?? { login, isBot: login.endsWith('[bot]'), teamRoles: [] };
    if (id !== undefined)
        known.id = id;
    if (isBot)
        known.isBot = true;
    if (role !== undefined)
        known.teamRoles.push(role);
    people.set(login, known);
}
/**
 * The logins that GitHub must be asked about: those for whom the people file does not settle it.
 * @param withExcluded whether the addresses of excluded people matter: they do where members may be removed
 */
function loginsToAsk(named, teams, withExcluded) {
    const { wanted, excluded } = peopleOf(named, teams);
    const all = [...wanted.values(), ...(withExcluded ? excluded.values() : [])];
    return all
        .filter((person) => !person.isBot && mustAsk(person, named))
        .map(({ login }) => login)
        .sort();
}
function mustAsk({ login, id }, { people: file, sources }) {
    const listed = file.people.get(login);
    const pinned = listed ? listed.githubId !== undefined : [...file.people.values()].some(({ githubId }) => githubId);
    if (pinned && id === undefined)
        return true;
    return !(listed && sources.includes('people-file')) && addressSources(sources).length > 0;
}
function addressSources(sources) {
    return sources.filter((source) => source !== 'people-file');
}
/**
 * Finds the address of each owner. The people file settles it; other sources must agree. A login whose number is not
 * the one that the people file pins is somebody else by now. Noreply addresses never count.
 */
function resolveIdentities(named, teams, accounts, allowedDomains) {
    const { wanted, excluded } = peopleOf(named, teams);
    const exclusions = exclusionsOf(named.exclude);
    const result = {
        desired: [],
        unresolved: [],
        excluded: new Set(exclusions.emails),
        excludedUnknown: [...exclusions.teams].filter((team) => teams.get(team) === undefined).map((team) => `@${team}`),
        notices: [...accounts.unusable].map(([source, why]) => `The identity source \`${source}\` cannot be used: ${why}.`),
    };
    const { people, sources } = named;
    const byId = new Map([...people.people.values()].map((person) => [person.githubId, person]));
    const find = (person) => findPerson(person, { people, byId, accounts: accounts.found, sources, allowedDomains });
    for (const person of excluded.values()) {
        const found = find(person);
        // Whoever has the login now: the one whom the people file means is excluded.
        const listed = people.people.get(person.login);
        if (listed)
            result.excluded.add(listed.email);
        if ('email' in found)
            result.excluded.add(found.email);
        else if (!person.isBot)
            result.excludedUnknown.push(`@${person.login}`);
    }
    for (const person of wanted.values())
        resolvePerson(person, find(person), result);
    for (const owner of named.owners) {
        if (owner.kind === 'email')
            resolveAddress(owner.email, named.people, result);
        if (owner.kind === 'team')
            resolveTeam((0,members_owner/* ownerName */.Hc)(owner), teams, exclusions, result);
    }
    const hidden = result.unresolved.filter(({ name }) => name.includes('/')).length;
    if (hidden > 0)
        withoutTeamRoles(result, hidden);
    result.unresolved.sort((a, b) => (a.name < b.name ? -1 : 1));
    return result;
}
/** A team that cannot be seen may be the one that gives somebody the lesser role. */
function withoutTeamRoles(result, hidden) {
    result.desired = result.desired.map(({ teamRoles: _, ...one }) => one);
    const who = `The members of ${(0,lib_text/* count */.U9)(hidden, 'team')} cannot be seen`;
    result.notices.push(`${who}, so no role is taken from a team: that needs ${membersPermission}.`);
}
function resolvePerson({ login, isBot, teamRoles }, found, result) {
    const name = `@${login}`;
    if ('email' in found)
        result.desired.push({ ...found, name, teamRoles });
    else if (isBot)
        result.unresolved.push({ name, why: 'is an app: nobody to invite', isBot });
    else {
        const line = found.id === undefined ? `${login}: …` : `${login}: { email: …, github_id: ${found.id} }`;
        result.unresolved.push({ name, why: found.why, isBot, line });
    }
}
function resolveAddress(email, { people }, result) {
    if ((0,lib_email/* isNoreply */.i$)(email)) {
        result.unresolved.push({ name: email, why: 'is a noreply address: it leads to nobody', isBot: false });
        return;
    }
    const role = [...people.values()].find((person) => person.email === email)?.role;
    result.desired.push({ email, name: email, ...(role ? { role } : {}) });
}
function resolveTeam(name, teams, exclusions, result) {
    const team = name.slice(1);
    if (exclusions.teams.has(team) || teams.get(team) !== undefined)
        return;
    result.unresolved.push({ name, why: 'its members cannot be seen', isBot: false });
}
function findPerson({ login, id: teamId }, book) {
    const account = book.accounts.get(login);
    const id = teamId ?? account?.id;
    const named = book.people.people.get(login);
    if (named?.githubId !== undefined && named.githubId !== id)
        return { why: whyAnother(named.githubId, id) };
    // By its number: the same account under a new login.
    const { email, role } = named ?? book.byId.get(id ?? Number.NaN) ?? {};
    const isSettled = email !== undefined && book.sources.includes('people-file');
    const found = isSettled ? { email } : addressOf(account, book);
    if ('why' in found)
        return id === undefined ? found : { ...found, id };
    return role === undefined ? found : { ...found, role };
}
function whyAnother(pinned, id) {
    const now = id === undefined ? 'is no account of a person any more' : `is the account ${id} by now`;
    return `${now}, and the people file pins ${pinned}`;
}
function addressOf(account, { sources, allowedDomains }) {
    return account ? agreedAddress(account, sources, allowedDomains) : { why: whyNoAccount(sources) };
}
function whyNoAccount(sources) {
    return addressSources(sources).length === 0 ? 'is not in the people file' : 'is no account of a person on GitHub';
}
/** What all sources that name an address have in common, if that is one address. */
function agreedAddress({ addresses }, sources, allowedDomains) {
    const inDomains = (email) => allowedDomains.includes((0,lib_email/* domainOf */.Ow)(email));
    const named = addressSources(sources).flatMap((source) => {
        const emails = usable(addresses[source] ?? []).filter((email) => source !== 'profile' || inDomains(email));
        return emails.length > 0 ? [{ source, emails }] : [];
    });
    const [first, ...others] = named;
    if (!first)
        return { why: `has no address in ${sources.join(', ')}` };
    const common = others.reduce((left, { emails }) => left.filter((email) => emails.includes(email)), first.emails);
    const inside = common.length > 1 ? common.filter(inDomains) : common;
    const [email] = inside;
    if (email !== undefined && inside.length === 1)
        return { email };
    const said = named.map(({ source, emails }) => `${source} says ${emails.join(' and ')}`).join(', ');
    return { why: common.length === 0 ? `the sources disagree: ${said}` : `has several addresses: ${said}` };
}
function usable(addresses) {
    const emails = addresses.flatMap((address) => (0,lib_email/* parseEmail */.wj)(address) ?? []).filter((email) => !(0,lib_email/* isNoreply */.i$)(email));
    return [...new Set(emails)].sort();
}

;// CONCATENATED MODULE: ./build/github/files.js

const needsContents = { needs: 'Contents: read of the repository' };
/** The default branch as GitHub has it now. @throws GitHubError */
async function defaultBranch(github, at) {
    const { data } = await github.request('GET /repos/{owner}/{repo}', { ...at, request: needsContents });
    const branch = data.default_branch;
    if (typeof branch !== 'string' || branch === '')
        throw new Error('GitHub did not tell the default branch.');
    return { ...(await commit(github, at, `heads/${branch}`)), branch };
}
/** @param ref a commit, or `heads/<branch>`. @throws GitHubError, also when there is none */
async function commit(github, at, ref) {
    const { data } = await github.request('GET /repos/{owner}/{repo}/commits/{ref}', {
        ...at,
        ref,
        mediaType: { format: 'sha' },
        request: needsContents,
    });
    const sha = String(data);
    if (!/^[0-9a-f]{40,64}$/.test(sha))
        throw new Error(`GitHub did not tell which commit ${ref} is.`);
    return { ...at, sha };
}
/**
 * Reads a file of up to 100 MB.
 * @returns undefined when there is none at this commit
 * @throws GitHubError
 */
async function readFile(github, { owner, repo, sha }, path) {
    let data;
    let type;
    try {
        const response = await github.request('GET /repos/{owner}/{repo}/contents/{path}', {
            owner,
            repo,
            path,
            ref: sha,
            mediaType: { format: 'raw' },
            request: needsContents,
        });
        data = response.data;
        type = response.headers['content-type'];
    }
    catch (error) {
        // A commit that GitHub does not know yet says nothing about its files.
        if ((0,github_errors/* isNotFound */.c4)(error) && !/No commit found/i.test(String(error)))
            return undefined;
        throw error;
    }
    if (data instanceof ArrayBuffer)
        return new TextDecoder().decode(data);
    // JSON is the list of a folder, or an answer to something else, even where it cannot be read as JSON.
    if (typeof data === 'string' && !/^application\/json\b/.test(type ?? ''))
        return data;
    throw new Error(`GitHub did not answer with the text of ${path}: it may be a folder.`);
}
/** @throws GitHubError, also when there is no CODEOWNERS file */
async function codeownersErrors(github, { owner, repo, sha }) {
    const { data } = await github.request('GET /repos/{owner}/{repo}/codeowners/errors', {
        owner,
        repo,
        ref: sha,
        request: needsContents,
    });
    if (!Array.isArray(data?.errors))
        throw new Error('GitHub did not tell the errors of CODEOWNERS.');
    return data.errors.map(({ line, column, kind, path, source }) => ({
        line,
        column,
        kind,
        path,
        source: source ?? null,
    }));
}

// EXTERNAL MODULE: ./build/github/run.js
var run = __webpack_require__(7503);
;// CONCATENATED MODULE: ./build/members/codeowners.js

/**
 * Reads a CODEOWNERS file by GitHub's rules (documentation, "About code owners"). Every owner in a valid line counts,
 * also one that a later line overrules. A line with one thing that GitHub does not take contributes nothing: what is
 * not understood must not invite anybody. Time and memory are linear in the size.
 */
function parseCodeowners(text) {
    const owners = new Map();
    const problems = [];
    let line = 0;
    for (let start = text.startsWith('\ufeff') ? 1 : 0; start <= text.length;) {
        const newline = text.indexOf('\n', start);
        const end = newline < 0 ? text.length : newline;
        line += 1;
        const rule = parseRule(text.slice(start, end).replace(/\r$/, ''));
        if (typeof rule === 'string')
            problems.push({ line, message: rule });
        else
            for (const owner of rule.owners)
                list(owners, owner, line);
        start = end + 1;
    }
    return { owners: [...owners.values()], problems };
}
function list(owners, owner, line) {
    const name = (0,members_owner/* ownerName */.Hc)(owner);
    const known = owners.get(name);
    if (!known)
        owners.set(name, { ...owner, lines: [line] });
    else if (known.lines.at(-1) !== line)
        known.lines.push(line);
}
/** @returns the rule of one line, or what is wrong with it */
function parseRule(line) {
    const text = line.replace(/^[ \t]+/, '');
    if (text === '' || text.startsWith('#'))
        return { pattern: '', owners: [] };
    // A control character is white space to some readers: what stands after it may be a comment.
    if (/[^\P{Cc}\t]/u.test(text))
        return 'a control character';
    const pattern = patternOf(text);
    const owners = wrongPattern(pattern) ?? readOwners(text.slice(pattern.length));
    return typeof owners === 'string' ? owners : { pattern, owners };
}
/** Up to the first space that has no backslash before it. */
function patternOf(text) {
    return /^(?:\\.|[^\\ \t])*\\?/su.exec(text)?.[0] ?? '';
}
function wrongPattern(pattern) {
    if (pattern.startsWith('!'))
        return '`!` does not work in CODEOWNERS';
    if (pattern.startsWith('\\#'))
        return '`\\#` does not work in CODEOWNERS';
    if (/[[\]]/.test(pattern))
        return '`[ ]` does not work in CODEOWNERS, neither as a range nor as a section';
    if (pattern.includes('#'))
        return 'a `#` inside a pattern: the rest of the line may be a comment';
    return undefined;
}
function readOwners(text) {
    const owners = [];
    for (const [token] of text.matchAll(/[^ \t]+/g)) {
        if (token.startsWith('#'))
            break;
        const owner = (0,members_owner/* parseOwner */.pZ)(token);
        if (!owner)
            return `\`${shortened(token)}\` is not an owner: @user, @org/team or an e-mail address`;
        owners.push(owner);
    }
    return owners;
}
function shortened(token) {
    return token.length > 80 ? `${token.slice(0, 80)}…` : token;
}
/**
 * Takes out what GitHub itself does not accept. An owner that it calls unknown is out in every line: it may be a
 * stranger's name, mistyped. Any other error takes the whole line out.
 */
function crossCheck({ owners, problems }, errors) {
    const unknown = new Set();
    const invalidLines = new Set();
    const told = errors.map((error) => {
        const owner = error.kind === 'Unknown owner' ? ownerAt(error) : undefined;
        if (owner)
            unknown.add((0,members_owner/* ownerName */.Hc)(owner));
        else
            invalidLines.add(error.line);
        const who = owner ? ` \`${(0,members_owner/* ownerName */.Hc)(owner)}\`` : '';
        return { line: error.line, message: `GitHub calls it: ${error.kind}${who}` };
    });
    const left = owners
        .filter((owner) => !unknown.has((0,members_owner/* ownerName */.Hc)(owner)))
        .map((owner) => ({ ...owner, lines: owner.lines.filter((line) => !invalidLines.has(line)) }))
        .filter(({ lines }) => lines.length > 0);
    return { owners: left, problems: merged(problems, told) };
}
function ownerAt({ source, column }) {
    const token = /^[^ \t\r\n]+/.exec((source ?? '').slice(column - 1))?.[0];
    return token === undefined ? undefined : (0,members_owner/* parseOwner */.pZ)(token);
}
/** One line often has the same fault in our words and in GitHub's: ours say more. */
function merged(ours, theirs) {
    const known = new Set(ours.map(({ line }) => line));
    return [...ours, ...theirs.filter(({ line }) => !known.has(line))].sort((a, b) => a.line - b.line);
}

;// CONCATENATED MODULE: ./build/members/ownership.js

/**
 * Whether somebody has to be asked before a file changes: the last rule that matches it has owners (GitHub
 * documentation, "About code owners"). A pattern with more stars than people write matches nothing here.
 * @param path from the root of the repository, without a leading slash
 */
function isOwned(codeowners, path) {
    for (const line of codeowners
        .replace(/^\ufeff/, '')
        .split('\n')
        .reverse()) {
        const rule = parseRule(line.replace(/\r$/, ''));
        if (typeof rule === 'object' && rule.pattern !== '' && matches(rule.pattern, path))
            return rule.owners.length > 0;
    }
    return false;
}
/** More would let a pattern take a long time. */
const mostStars = 5;
function matches(pattern, path) {
    const stars = pattern.match(/\*+/g)?.length ?? 0;
    return stars <= mostStars && toRegExp(pattern).test(path);
}
/** Gitignore's patterns, but that `dir/*` reaches no deeper. */
function toRegExp(pattern) {
    const isAnchored = pattern.slice(0, -1).includes('/');
    const body = pattern.replace(/^\//, '').replace(/\/$/, '');
    const ending = pattern.endsWith('/') ? '/.*' : /\/\*$/.test(pattern) ? '' : '(?:/.*)?';
    return new RegExp(`${isAnchored ? '^' : '(?:^|/)'}${body.replace(/\\.|\*\*\/|\*\*|\*|\?|[^\\*?]+|\\/gs, piece)}${ending}$`, 's');
}
const wildcards = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
function piece(text) {
    return wildcards[text] ?? RegExp.escape(text.startsWith('\\') ? text.slice(1) : text);
}

;// CONCATENATED MODULE: ./build/members/people-file.js



const noPeopleFile = { people: new Map(), teams: new Map(), exclude: [] };
/** All that is wrong with a people file, told at once. */
class PeopleFileError extends Error {
    name = 'PeopleFileError';
}
/** A thousand people are about 50 kB. */
const maxLength = 1024 * 1024;
/**
 * Reads a people file (YAML 1.2, every scalar as the text it is). It is strict: what is not understood is an error,
 * because a line that were left out would invite or remove the wrong person.
 * @param file its path, for the errors
 * @throws PeopleFileError with every error, as `file:line: …`
 */
async function parsePeopleFile(text, file) {
    const tell = (line, message) => `${file}:${line}: ${message}`;
    if (text.length > maxLength)
        throw new PeopleFileError(tell(1, 'is larger than 1 MB.'));
    const problems = new Map();
    const reader = new Reader(await readYaml(text), (line, message) => {
        problems.set(line, (problems.get(line) ?? new Set()).add(message));
    });
    const read = reader.readFile();
    if (problems.size === 0)
        return read;
    const lines = [...problems].sort(([a], [b]) => a - b);
    throw new PeopleFileError(lines.flatMap(([line, all]) => [...all].map((message) => tell(line, message))).join('\n'));
}
async function readYaml(text) {
    const { parseDocument, LineCounter, isMap, isSeq, isScalar } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    const lines = new LineCounter();
    const kinds = { isMap, isSeq, isScalar };
    // `failsafe`: null, true and 0x1f are logins like any other. Duplicates are found here, without letter case.
    const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, lineCounter: lines });
    const errors = [...document.errors, ...document.warnings].map(({ pos: [at], message }) => ({
        line: lines.linePos(at).line || 1,
        // The rest of the message shows the lines around, which may hold addresses.
        message: message.replace(/(?: at line \d+, column \d+:?)?(?:\n.*)?$/s, ''),
    }));
    return { contents: document.contents, lines, errors, ...kinds };
}
/** Walks the document and tells what is wrong with it. */
class Reader {
    yaml;
    tell;
    constructor(yaml, tell) {
        this.yaml = yaml;
        this.tell = tell;
        for (const { line, message } of yaml.errors)
            tell(line, message);
    }
    readFile() {
        const people = new Map();
        const teams = new Map();
        const exclude = [];
        if (this.yaml.contents === null)
            return { people, teams, exclude };
        const sections = {
            people: (node) => this.readPeople(node, people),
            teams: (node) => this.readTeams(node, teams),
            exclude: (node) => exclude.push(...this.readExclude(node)),
        };
        this.readKeys(this.yaml.contents, 'the file', sections);
        return { people, teams, exclude };
    }
    readPeople(node, people) {
        const owners = new Map();
        for (const [key, value] of this.entries(node, '`people`') ?? []) {
            const name = this.parsed(key, parseUser, 'is not a GitHub login');
            const person = this.readPerson(value ?? key);
            if (!name || !person)
                continue;
            this.checkAlone(key, name.login, person.email, owners);
            if (person.githubId !== undefined)
                this.checkAlone(key, name.login, person.githubId, owners);
            people.set(name.login, person);
        }
    }
    /** An address or an account has one login. */
    checkAlone(key, login, mark, owners) {
        const other = owners.get(mark);
        const what = typeof mark === 'string' ? 'address' : '`github_id`';
        if (other !== undefined)
            this.at(key, `\`${login}\` has the ${what} of \`${other}\``);
        owners.set(mark, login);
    }
    /** `octo@example.com` or `{ email, role, github_id }`. */
    readPerson(node) {
        if (!this.yaml.isMap(node)) {
            const email = this.email(node);
            return email === undefined ? undefined : { email };
        }
        const person = {};
        const seen = this.readKeys(node, 'a person', {
            email: (value) => put(person, 'email', this.email(value)),
            role: (value) => put(person, 'role', this.role(value)),
            github_id: (value) => put(person, 'githubId', this.parsed(value, parseId, 'is not the number of an account')),
        });
        if (!seen?.has('email'))
            this.at(node, 'a person without `email`');
        const { email } = person;
        return email === undefined ? undefined : { ...person, email };
    }
    readTeams(node, teams) {
        for (const [key, value] of this.entries(node, '`teams`') ?? []) {
            const name = this.parsed(key, parseTeam, 'is not a team such as `acme/platform`');
            const team = {};
            const seen = this.readKeys(value ?? key, 'a team', { role: (role) => put(team, 'role', this.role(role)) });
            if (seen && !seen.has('role'))
                this.at(key, 'a team without `role`');
            if (name && team.role)
                teams.set((0,members_owner/* ownerName */.Hc)(name).slice(1), team.role);
        }
    }
    readExclude(node) {
        if (this.isNothing(node))
            return [];
        this.checkPlain(node);
        if (!this.yaml.isSeq(node)) {
            this.at(node, '`exclude` must be a list');
            return [];
        }
        const seen = new Set();
        return node.items.flatMap((item) => {
            const owner = this.parsed(item, members_owner/* parseExclusion */._Q, 'is not a login, `org/team` or an e-mail address');
            if (!owner)
                return [];
            if (seen.has((0,members_owner/* ownerName */.Hc)(owner)))
                this.wrong(item, 'stands in `exclude` twice');
            seen.add((0,members_owner/* ownerName */.Hc)(owner));
            return [owner];
        });
    }
    email(node) {
        const email = this.parsed(node, lib_email/* parseEmail */.wj, 'is not an e-mail address');
        if (email !== undefined && (0,lib_email/* isNoreply */.i$)(email))
            this.at(node, 'a noreply address leads to nobody');
        return email;
    }
    role(node) {
        return this.parsed(node, parseRole, `is not a role: ${roles.join(', ')}`);
    }
    parsed(node, parse, complaint) {
        const text = this.text(node);
        const value = text === undefined ? undefined : parse(text);
        if (text !== undefined && value === undefined)
            this.wrong(node, complaint);
        return value;
    }
    /** @returns the keys that are there, of a map that has no others; undefined when it is no map */
    readKeys(node, what, readers) {
        const entries = this.entries(node, what);
        for (const [key, value] of entries ?? []) {
            const name = String(key.value);
            if (Object.hasOwn(readers, name))
                readers[name]?.(value);
            else
                this.wrong(key, `is not a key of ${what}: ${Object.keys(readers).join(', ')}`);
        }
        return entries && new Set(entries.map(([key]) => String(key.value)));
    }
    /** @returns the entries of a map, each key once, whatever its letter case; undefined when it is no map */
    entries(node, what) {
        if (this.isNothing(node))
            return [];
        this.checkPlain(node);
        if (!this.yaml.isMap(node)) {
            this.at(node, `${what} must be a map`);
            return undefined;
        }
        const seen = new Set();
        return node.items.flatMap(({ key, value }) => {
            const name = this.text(key)?.toLowerCase();
            if (name === undefined)
                return [];
            if (seen.has(name))
                this.wrong(key, 'stands there twice');
            seen.add(name);
            return [[key, value]];
        });
    }
    text(node) {
        this.checkPlain(node);
        if (this.yaml.isScalar(node))
            return String(node.value ?? '');
        if (node !== null && !this.isAlias(node))
            this.at(node, 'a text is expected');
        return undefined;
    }
    /** Nothing of YAML may make a line mean something else than it says. */
    checkPlain(node) {
        const { anchor, tag, source } = (node ?? {});
        if (node && this.isAlias(node))
            this.at(node, `an alias (\`*${source ?? ''}\`): write it out`);
        if (anchor)
            this.at(node, `an anchor (\`&${anchor}\`): write it out`);
        if (tag)
            this.at(node, `a tag (\`${tag}\`): leave it out`);
    }
    isAlias(node) {
        return !(this.yaml.isScalar(node) || this.yaml.isMap(node) || this.yaml.isSeq(node));
    }
    isNothing(node) {
        return node === null || (this.yaml.isScalar(node) && (node.value === null || node.value === '') && !node.tag);
    }
    wrong(node, message) {
        const text = this.yaml.isScalar(node) ? String(node.value ?? '').slice(0, 80) : '';
        this.at(node, `\`${text}\` ${message}`);
    }
    at(node, message) {
        const offset = node?.range?.[0] ?? 0;
        this.tell(this.yaml.lines.linePos(offset).line || 1, message);
    }
}
function put(target, key, value) {
    if (value !== undefined)
        target[key] = value;
}
function parseUser(text) {
    const name = (0,members_owner/* parseName */.$q)(text);
    return name?.kind === 'user' ? name : undefined;
}
function parseTeam(text) {
    const name = (0,members_owner/* parseName */.$q)(text);
    return name?.kind === 'team' ? name : undefined;
}
function parseId(text) {
    return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}

;// CONCATENATED MODULE: ./build/members/sources.js






/** GitHub's order; the first one counts (documentation, "About code owners"). */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** GitHub does not load a larger one (the same place). */
const maxBytes = 3 * 1024 * 1024;
const defaultPeopleFile = '.github/neon-people.yml';
/**
 * Reads CODEOWNERS and the people file by the API: of the default branch, or, only to plan, of an open pull request's
 * head. What is checked out is never looked at.
 * @throws GitHubError; Error when there is no CODEOWNERS file; PeopleFileError
 */
async function readSources(inputs, trust, github, context) {
    const { at, where } = await snapshotFor((0,run/* repositoryOf */._)(context.workflowRun()), trust, context.event(), github);
    const { path, text } = await readCodeowners(inputs.codeowners_path, github, at);
    if (Buffer.byteLength(text) > maxBytes)
        throw new Error(`${path} is larger than 3 MB: GitHub does not load it, so it names nobody.`);
    const parsed = parseCodeowners(text);
    const isChecked = inputs.codeowners_path === undefined || path === places[0];
    const codeowners = isChecked ? await checked(parsed, path, github, at) : parsed;
    if (!isChecked)
        context.notice(`GitHub's own check of owners does not cover ${path}: a mistyped name in it may be somebody else's.`);
    const people = await readPeople(inputs.people_file, github, at);
    const files = people === noPeopleFile ? [path] : [path, inputs.people_file];
    warnOfUnowned(files, text, context);
    const label = {
        text: `Read ${files.join(' and ')} at ${where}, commit ${at.sha}.`,
        markdown: `From ${files.map((file) => (0,markdown/* code */.aY)(file)).join(' and ')} at ${(0,markdown/* plain */.pj)(where)}, commit ${(0,markdown/* code */.aY)(at.sha.slice(0, 12))}.`,
    };
    return { at, codeowners, people, label };
}
/** Whoever may change these files may invite: somebody should have to be asked. */
function warnOfUnowned(paths, codeowners, context) {
    const unowned = paths.filter((path) => !isOwned(codeowners, path));
    if (unowned.length === 0)
        return;
    context.warning(`${unowned.join(' and ')}: no line of CODEOWNERS says who has to approve a change, and whoever may merge one may invite. ` +
        `Add a line such as \`/${unowned[0]} @owner\`.`);
}
async function snapshotFor(repository, trust, event, github) {
    const head = trust.apply ? undefined : openHead(event);
    if (head)
        return {
            at: await commit(github, repository, head.sha),
            where: `pull request #${head.number} (as if it were merged)`,
        };
    const at = await defaultBranch(github, repository);
    return { at, where: `the default branch ${at.branch}` };
}
/** The head of the open pull request that the event is about. */
function openHead({ name, payload: { pull_request: pull, action }, }) {
    // `pull_request_target` runs with secrets that the author of the head may not have: the head is not read for them.
    if (name !== 'pull_request')
        return undefined;
    const { number, head } = pull ?? {};
    return action !== 'closed' && head?.sha && number !== undefined ? { sha: head.sha, number } : undefined;
}
async function readCodeowners(asked, github, at) {
    const paths = asked === undefined ? places : [asked];
    for (const path of paths) {
        const text = await readFile(github, at, path);
        if (text !== undefined)
            return { path, text };
    }
    throw new Error(`There is no ${paths.join(', ')} at commit ${at.sha}: nobody knows who should be in, so nothing was done.`);
}
/** GitHub's check is of the file that GitHub uses; what it says of another one does not matter here. */
async function checked(parsed, path, github, at) {
    const errors = await codeownersErrors(github, at);
    return crossCheck(parsed, errors.filter((error) => error.path === path));
}
async function readPeople(path, github, at) {
    const text = await readFile(github, at, path);
    if (text !== undefined)
        return parsePeopleFile(text, path);
    if (path === defaultPeopleFile)
        return noPeopleFile;
    throw new Error(`There is no ${path} at commit ${at.sha}; it is set as \`people_file\`.`);
}

;// CONCATENATED MODULE: ./build/operations/sync.js









/**
 * Brings the organization to what CODEOWNERS and the people file say: reads everything, plans, and carries the plan
 * out if it may. Only that last part is given a client that can write.
 * @throws for whatever cannot be read: nothing is ever taken for empty
 */
async function syncPeople(inputs, context) {
    const trust = decideAloud(inputs.mode, context);
    const github = await context.github();
    const sources = await readSources(inputs, trust, github, context);
    const identities = await identify(inputs, sources, github);
    const { plan, invitations } = await planFrom(inputs, sources, identities, trust, context);
    const reason = whyStopped(inputs, identities);
    const stopped = reason === undefined ? {} : { stopped: reason };
    tell(inputs, sources, identities, plan, trust, context);
    const mayApply = trust.apply && stops({ plan, ...stopped }).length === 0;
    const deeds = mayApply ? await apply(stepsOf(plan), invitations, context) : [];
    const { unresolved } = identities;
    const { codeowners, label } = sources;
    return peopleResult({
        plan,
        deeds,
        trust,
        unresolved,
        problems: codeowners.problems,
        source: label.markdown,
        showEmails: inputs.show_emails,
        members: inputs.operation === 'sync-members',
        ...stopped,
    });
}
/** @returns why nothing may be changed, whatever the plan says */
function whyStopped({ on_unresolved }, identities) {
    const open = identities.unresolved.filter(({ isBot }) => !isBot);
    const hidden = identities.excludedUnknown.filter((name) => name.includes('/'));
    if (hidden.length > 0) {
        return `${hidden.join(', ')} is excluded, and its members cannot be seen: that needs ${membersPermission}.`;
    }
    return open.length > 0 && on_unresolved === 'fail'
        ? `\`on_unresolved: fail\`: ${(0,lib_text/* count */.U9)(open.length, 'owner')} without an address.`
        : undefined;
}
async function identify(inputs, { codeowners, people, at }, github) {
    const exclude = [...(inputs.exclude ?? []), ...people.exclude];
    const named = { owners: codeowners.owners, exclude, people, sources: inputs.identity_sources };
    const mayRemove = inputs.operation === 'sync-members' && !isNever(inputs.max_removals);
    const teams = await readTeams(github, teamsToRead(named), { twice: mayRemove });
    const logins = loginsToAsk(named, teams, inputs.operation === 'sync-members');
    const accounts = await findAccounts(github, at.owner, logins, addressSources(inputs.identity_sources));
    return resolveIdentities(named, teams, accounts, inputs.allowed_domains ?? []);
}
async function planFrom(inputs, sources, identities, trust, context) {
    const neon = (0,endpoints/* readOnly */.Tu)(context.neon);
    const members = await neon.getOrganizationMembers();
    const invitations = await neon.getOrganizationInvitations();
    const managing = inputs.operation === 'sync-members';
    const self = managing ? await ownerOfKey(neon, trust) : undefined;
    if (managing && self === undefined)
        context.notice("`api_key` is nobody's personal key: the owner of the key that applies this stays as they are, and here nobody knows who that is.");
    const situation = {
        desired: identities.desired,
        members,
        invitations,
        now: context.clock.now(),
        ...(self ? { self } : {}),
    };
    const plan = planPeople(situation, rulesOf(inputs, sources, identities));
    return { plan, invitations };
}
function rulesOf(inputs, { codeowners }, identities) {
    const none = { count: 0 };
    const managing = inputs.operation === 'sync-members';
    return {
        ...(inputs.role ? { defaultRole: inputs.role } : {}),
        members: managing,
        allowedDomains: inputs.allowed_domains ?? [],
        excluded: identities.excluded,
        protectedEmails: new Set(managing ? (inputs.protected_emails ?? []) : []),
        reinvite: inputs.reinvite,
        maxInvitations: inputs.max_invitations,
        maxRoleChanges: managing ? inputs.max_role_changes : none,
        maxRemovals: managing ? inputs.max_removals : none,
        unsure: doubts(codeowners.problems.length, identities),
    };
}
/** Why somebody may be missing among those who are asked for. */
function doubts(problems, { unresolved, excludedUnknown }) {
    const open = unresolved.filter(({ isBot }) => !isBot).length;
    const all = [
        [open, `${(0,lib_text/* count */.U9)(open, 'owner')} without an address may be this person`],
        [problems, `${(0,lib_text/* count */.U9)(problems, 'line')} of CODEOWNERS with a fault may name this person`],
        [excludedUnknown.length, `${(0,lib_text/* count */.U9)(excludedUnknown.length, 'excluded name')} without an address may be this person`],
    ];
    return all.flatMap(([number, why]) => (number > 0 ? [why] : []));
}
/** A few lines for the log, and at most one annotation of a kind for each cause. */
function tell({ on_unresolved }, { codeowners, label }, identities, plan, trust, context) {
    const { invite, changeRole, remove, skip, notices } = plan;
    const { unresolved } = identities;
    context.info(label.text);
    context.info(`${invite.length} to invite, ${changeRole.length} to get another role, ${remove.length} to remove; ${skip.length} skipped, ${unresolved.length} without an address.`);
    const all = [...identities.notices, ...notices];
    if (all.length > 0)
        context.notice(someOf(all));
    const { problems } = codeowners;
    const lines = problems.map(({ line, message }) => `line ${line}: ${(0,lib_text/* oneLine */.TN)(message)}`);
    if (lines.length > 0)
        context.warning(`${(0,lib_text/* count */.U9)(lines.length, 'line')} of CODEOWNERS with a fault: what is not understood invites nobody.\n${someOf(lines)}`);
    const open = unresolved.filter(({ isBot }) => !isBot).map(({ name, why }) => `${name} ${why}`);
    if (open.length > 0 && on_unresolved === 'warn')
        context.warning(`${(0,lib_text/* count */.U9)(open.length, 'owner')} without an address.\n${someOf(open)}`);
    if (!trust.apply)
        for (const text of stops({ plan }))
            context.warning(text);
}
function someOf(lines) {
    const more = lines.length > 5 ? [`… and ${lines.length - 5} more, in the job summary.`] : [];
    return [...lines.slice(0, 5), ...more].join('\n');
}

;// CONCATENATED MODULE: ./build/operations/update-member.js

/** Sets the role of one member. The owner of the key keeps theirs, and so does the last admin. */
const updateMember = async (inputs, context) => {
    const found = await lookUp(inputs, context);
    const { row, guard } = found;
    if (!row)
        throw new Error(`${asked(inputs)} is not a member of the organization; \`list-members\` tells who is.`);
    const { role: to = row.member.role } = inputs;
    if (row.member.role === to) {
        context.info(`${row.user.email} has the role ${to} already: nothing to do.`);
        return memberResult(row, inputs.show_emails);
    }
    guard('keeps the role');
    const change = { ...personOf(row), from: row.member.role, to };
    return changeMember(row, { changeRole: [change] }, found, inputs, context, to);
};

;// CONCATENATED MODULE: ./build/operations/of-people.js
// The operations on people, loaded in one piece: in pieces of their own, each would get a copy of what they share.









/***/ }),

/***/ 6412:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LD: () => (/* binding */ decide),
/* harmony export */   _H: () => (/* binding */ planNote),
/* harmony export */   xR: () => (/* binding */ decision)
/* harmony export */ });
/* unused harmony export trustOf */
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1134);

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
/** What `mode` came to, as a line of the log. */
function decision({ apply, why }) {
    return `${apply ? 'Applying' : 'Only planning'}: ${why}.`;
}
/** Markdown for the summary of a plan; '' when it was applied. */
function planNote({ apply, why }) {
    return apply ? '' : `Nothing was done, this is a plan: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(why)}.`;
}


/***/ })

};
