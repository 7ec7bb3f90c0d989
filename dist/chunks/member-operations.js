export const id = 776;
export const ids = [776,769];
export const modules = {

/***/ 1916:
/***/ ((__unused_webpack_module, exports) => {

var __webpack_unused_export__;

__webpack_unused_export__ = true;
exports.Io = exports.kp = void 0;
var peq = new Uint32Array(0x10000);
var myers_32 = function (a, b) {
    var n = a.length;
    var m = b.length;
    var lst = 1 << (n - 1);
    var pv = -1;
    var mv = 0;
    var sc = n;
    var i = n;
    while (i--) {
        peq[a.charCodeAt(i)] |= 1 << i;
    }
    for (i = 0; i < m; i++) {
        var eq = peq[b.charCodeAt(i)];
        var xv = eq | mv;
        eq |= ((eq & pv) + pv) ^ pv;
        mv |= ~(eq | pv);
        pv &= eq;
        if (mv & lst) {
            sc++;
        }
        if (pv & lst) {
            sc--;
        }
        mv = (mv << 1) | 1;
        pv = (pv << 1) | ~(xv | mv);
        mv &= xv;
    }
    i = n;
    while (i--) {
        peq[a.charCodeAt(i)] = 0;
    }
    return sc;
};
var myers_x = function (b, a) {
    var n = a.length;
    var m = b.length;
    var mhc = [];
    var phc = [];
    var hsize = Math.ceil(n / 32);
    var vsize = Math.ceil(m / 32);
    for (var i = 0; i < hsize; i++) {
        phc[i] = -1;
        mhc[i] = 0;
    }
    var j = 0;
    for (; j < vsize - 1; j++) {
        var mv_1 = 0;
        var pv_1 = -1;
        var start_1 = j * 32;
        var vlen_1 = Math.min(32, m) + start_1;
        for (var k = start_1; k < vlen_1; k++) {
            peq[b.charCodeAt(k)] |= 1 << k;
        }
        for (var i = 0; i < n; i++) {
            var eq = peq[a.charCodeAt(i)];
            var pb = (phc[(i / 32) | 0] >>> i) & 1;
            var mb = (mhc[(i / 32) | 0] >>> i) & 1;
            var xv = eq | mv_1;
            var xh = ((((eq | mb) & pv_1) + pv_1) ^ pv_1) | eq | mb;
            var ph = mv_1 | ~(xh | pv_1);
            var mh = pv_1 & xh;
            if ((ph >>> 31) ^ pb) {
                phc[(i / 32) | 0] ^= 1 << i;
            }
            if ((mh >>> 31) ^ mb) {
                mhc[(i / 32) | 0] ^= 1 << i;
            }
            ph = (ph << 1) | pb;
            mh = (mh << 1) | mb;
            pv_1 = mh | ~(xv | ph);
            mv_1 = ph & xv;
        }
        for (var k = start_1; k < vlen_1; k++) {
            peq[b.charCodeAt(k)] = 0;
        }
    }
    var mv = 0;
    var pv = -1;
    var start = j * 32;
    var vlen = Math.min(32, m - start) + start;
    for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] |= 1 << k;
    }
    var score = m;
    for (var i = 0; i < n; i++) {
        var eq = peq[a.charCodeAt(i)];
        var pb = (phc[(i / 32) | 0] >>> i) & 1;
        var mb = (mhc[(i / 32) | 0] >>> i) & 1;
        var xv = eq | mv;
        var xh = ((((eq | mb) & pv) + pv) ^ pv) | eq | mb;
        var ph = mv | ~(xh | pv);
        var mh = pv & xh;
        score += (ph >>> (m - 1)) & 1;
        score -= (mh >>> (m - 1)) & 1;
        if ((ph >>> 31) ^ pb) {
            phc[(i / 32) | 0] ^= 1 << i;
        }
        if ((mh >>> 31) ^ mb) {
            mhc[(i / 32) | 0] ^= 1 << i;
        }
        ph = (ph << 1) | pb;
        mh = (mh << 1) | mb;
        pv = mh | ~(xv | ph);
        mv = ph & xv;
    }
    for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] = 0;
    }
    return score;
};
var distance = function (a, b) {
    if (a.length < b.length) {
        var tmp = b;
        b = a;
        a = tmp;
    }
    if (b.length === 0) {
        return a.length;
    }
    if (a.length <= 32) {
        return myers_32(a, b);
    }
    return myers_x(a, b);
};
exports.Io = distance;
var closest = function (str, arr) {
    var min_distance = Infinity;
    var min_index = 0;
    for (var i = 0; i < arr.length; i++) {
        var dist = distance(str, arr[i]);
        if (dist < min_distance) {
            min_distance = dist;
            min_index = i;
        }
    }
    return arr[min_index];
};
exports.kp = closest;


/***/ }),

/***/ 7307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nq: () => (/* binding */ cannotSee),
/* harmony export */   b2: () => (/* binding */ isMissing),
/* harmony export */   c4: () => (/* binding */ isNotFound),
/* harmony export */   y_: () => (/* binding */ GitHubError)
/* harmony export */ });
class GitHubError extends Error {
    name = 'GitHubError';
    facts;
    constructor(facts, cause) {
        super(describeGitHubFailure(facts), { cause });
        this.facts = facts;
    }
}
function describeGitHubFailure({ method, route, status, reason, requestId, hint }) {
    const id = requestId ? ` (request ID ${requestId})` : '';
    const line = status === undefined
        ? `GitHub sent no usable response to ${method} ${route}: ${reason}.`
        : `GitHub responded to ${method} ${route} with ${status} ${reason}${id}.`;
    return hint ? `${line}\n${hint}` : line;
}
function isMissing(error) {
    return error instanceof GitHubError && error.facts.status === 404 && error.facts.refused === true;
}
function isNotFound(error) {
    return error instanceof GitHubError && error.facts.status === 404 && !error.facts.maybeDone;
}
function cannotSee(error) {
    if (!(error instanceof GitHubError))
        return false;
    if (error.facts.maybeDone)
        return false;
    return error.facts.status === 404 || (error.facts.status === 403 && !/rate limit|abuse/i.test(error.facts.reason));
}


/***/ }),

/***/ 7309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ readKeysOf),
/* harmony export */   q: () => (/* binding */ keysCreatedBy)
/* harmony export */ });
/* harmony import */ var _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(666);

function keysCreatedBy(all, userId, knownIds) {
    const isCreatedByUser = (key) => creatorOf(key) === userId || knownIds.has(key.id);
    return {
        keys: all.filter(isCreatedByUser),
        unknownCount: all.filter((key) => creatorOf(key) === undefined && !isCreatedByUser(key)).length,
    };
}
function creatorOf({ created_by }) {
    return created_by?.id || undefined;
}
async function readKeysOf(userId, neon, earlier) {
    try {
        const known = earlier && 'keys' in earlier ? earlier.keys : [];
        return keysCreatedBy(await neon.listOrgApiKeys(), userId, new Set(known.map(({ id }) => id)));
    }
    catch (error) {
        if (error instanceof _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .NeonError */ .T)
            return { error };
        throw error;
    }
}


/***/ }),

/***/ 2638:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QW: () => (/* binding */ incompleteText),
/* harmony export */   dO: () => (/* binding */ leaverKeysText),
/* harmony export */   kL: () => (/* binding */ foundKeysText),
/* harmony export */   uO: () => (/* binding */ keysResult),
/* harmony export */   vF: () => (/* binding */ noKeysText),
/* harmony export */   z5: () => (/* binding */ leaverKeysSection)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4869);
/* harmony import */ var _neon_endpoints_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(183);
/* harmony import */ var _runner_docs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5512);
/* harmony import */ var _runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1134);
/* harmony import */ var _name_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4518);
/* harmony import */ var _render_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5189);






function foundKeysText(all, filtered) {
    const total = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .count */ .U9)(all.length, 'active key');
    return filtered ? `Found ${filtered.length} of ${total}.` : `Found ${total}.`;
}
function noKeysText(creator) {
    return `${creator} is not a member and created none of these keys. To list the keys of someone who has left, set \`created_by\` to their user ID, not to their member ID.`;
}
function keysResult(keys, run, shown) {
    return {
        changed: false,
        outputs: { key_count: String(keys.length) },
        json: { keys: keys.map(_neon_endpoints_js__WEBPACK_IMPORTED_MODULE_5__/* .toNeonJson */ .YC) },
        summary: `### 🔑 ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .count */ .U9)(keys.length, 'Neon key')}\n\n${keysTable(keys, run, shown)}\n`,
    };
}
function keysTable(keys, run, shown) {
    if (keys.length === 0)
        return 'No active key was found.';
    const head = ['ID', 'Key', 'Access', 'Created', 'Created by', 'Last used', 'Created in'];
    return (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .foldedTable */ .vd)(head, keys.map((key) => row(key, run, shown)));
}
function row(key, run, shown) {
    return [
        (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(key.id),
        (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(key.name, shown),
        key.project_id ? (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(key.project_id) : '⚠️ every project',
        (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .time */ .kB)(key.created_at),
        (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(key.created_by?.name ?? '', shown),
        key.last_used_at ? (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .time */ .kB)(key.last_used_at) : 'never',
        origin(key.name, run),
    ];
}
function origin(name, run) {
    const parsed = (0,_name_js__WEBPACK_IMPORTED_MODULE_2__/* .parseKeyName */ .wN)(name);
    return parsed ? `${(0,_render_js__WEBPACK_IMPORTED_MODULE_3__.runLink)(parsed.mark, run)}, ${lifetimeText(parsed.mark.lifetime, parsed.label)}` : '';
}
function lifetimeText(lifetime, label) {
    switch (lifetime.kind) {
        case 'job':
            return 'for its job';
        case 'pull-request':
            return `for pull request ${lifetime.number}`;
        case 'manual':
            return 'until revoked';
        case 'duration':
            return 'for a limited time';
        case 'rotation':
            return `for the secret ${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(label)}`;
    }
}
function incompleteText(read) {
    if ('error' in read)
        return `The keys that this person created could not be read. ${read.error.message}`;
    if (read.unknownCount === 0)
        return '';
    const those = read.unknownCount === 1 ? 'it may be' : 'some of them may be';
    return `Neon does not report who created ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .count */ .U9)(read.unknownCount, 'other key')}, so ${those} this person's.`;
}
function leaverKeysText(keys) {
    return `Found ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .count */ .U9)(keys.length, 'active key')} created by this person.`;
}
function leaverKeysSection(read, run, shown) {
    if ('error' in read)
        return `#### ⚠️ Keys unknown\n\n${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(incompleteText(read), shown)}`;
    const { keys } = read;
    if (keys.length === 0)
        return '#### 🔑 No active keys created by this person';
    const inSecrets = keys.filter(({ name }) => isInSecret(name)).length;
    const advice = inSecrets === 0
        ? 'Keys remain active until they are revoked.'
        : `Keys remain active until they are revoked. ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .count */ .U9)(inSecrets, 'key')} may be in a GitHub secret: rotate the secret before you revoke its key.`;
    return `#### 🔑 ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .count */ .U9)(keys.length, 'active key')} created by this person\n\n${advice} ${(0,_runner_docs_js__WEBPACK_IMPORTED_MODULE_0__/* .docsLink */ ._h)('What to do', 'leaver')}\n\n${keysTable(keys, run, shown)}`;
}
function isInSecret(name) {
    const lifetime = (0,_name_js__WEBPACK_IMPORTED_MODULE_2__/* .parseKeyName */ .wN)(name)?.mark.lifetime;
    return lifetime !== undefined && (0,_name_js__WEBPACK_IMPORTED_MODULE_2__/* .mayBeInSecret */ .S4)(lifetime);
}


/***/ }),

/***/ 2769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   didYouMean: () => (/* binding */ didYouMean)
/* harmony export */ });
/* harmony import */ var fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1916);

function didYouMean(name, candidates) {
    const best = (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .closest */ .kp)(name, candidates);
    return (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .distance */ .Io)(name, best) <= Math.max(2, best.length / 3) ? ` (did you mean \`${best}\`?)` : '';
}


/***/ }),

/***/ 2257:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ inParallel)
/* harmony export */ });
async function inParallel(items, atOnce, work) {
    const rest = items[Symbol.iterator]();
    const failures = [];
    const worker = async () => {
        for (let next = rest.next(); !next.done && failures.length === 0; next = rest.next()) {
            await work(next.value).catch((error) => failures.push(error));
        }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    if (failures.length > 0)
        throw failures[0];
}


/***/ }),

/***/ 7320:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $A: () => (/* binding */ readKeyOwner),
/* harmony export */   $n: () => (/* binding */ memberJson),
/* harmony export */   Ob: () => (/* binding */ emailOf),
/* harmony export */   Wp: () => (/* binding */ hasOtherAdmin),
/* harmony export */   c6: () => (/* binding */ removalOf),
/* harmony export */   gz: () => (/* binding */ findMember),
/* harmony export */   kk: () => (/* binding */ latestInvitations),
/* harmony export */   mZ: () => (/* binding */ readInvitationsOf),
/* harmony export */   mo: () => (/* binding */ readMembers),
/* harmony export */   sJ: () => (/* binding */ roleChangeOf),
/* harmony export */   w: () => (/* binding */ userIdOf),
/* harmony export */   xw: () => (/* binding */ lookUpMember),
/* harmony export */   y_: () => (/* binding */ byAddress),
/* harmony export */   zq: () => (/* binding */ arrivalOf)
/* harmony export */ });
/* unused harmony export invitationsOf */
/* harmony import */ var _lib_email_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3520);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4869);
/* harmony import */ var _neon_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(666);
/* harmony import */ var _roles_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(183);




async function readMembers(neon) {
    const rows = await neon.getOrganizationMembers();
    if (rows.some(({ member }) => member.role === 'admin'))
        return rows;
    throw new Error(`Neon listed ${rows.length} members and no admin. The list is incomplete, so nothing was done. Run this job again.`);
}
async function readKeyOwner(neon, members, isPlan) {
    const userId = await currentUserId(neon, isPlan);
    if (userId === undefined)
        return { code: 'unknown' };
    const row = members.find(({ member }) => member.user_id === userId);
    if (row)
        return row.member.role === 'admin' ? { code: 'admin', userId } : { code: 'other', row };
    throw new Error(`Neon listed ${members.length} members without the owner of \`api_key\`. The list is incomplete, so nothing was done. Run this job again.`);
}
async function currentUserId(neon, isPlan) {
    try {
        return (await neon.getCurrentUserInfo()).id;
    }
    catch (error) {
        const isNotPersonal = error instanceof _neon_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .NeonError */ .T && error.facts.kind === 'refused' && error.facts.status !== 401;
        if (isNotPersonal && isPlan)
            return undefined;
        throw error;
    }
}
function findMember(rows, { member_id, email }) {
    return rows.find(({ member, user }) => member_id === undefined ? (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .addressKey */ .IY)(user.email) === email : member.id === member_id);
}
async function userIdOf(idOrAddress, neon) {
    const rows = await readMembers(neon);
    const row = rows.find(({ member, user }) => [member.id, member.user_id, (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .addressKey */ .IY)(user.email)].includes(idOrAddress));
    if (row)
        return { userId: row.member.user_id, isMember: true };
    if (!idOrAddress.includes('@'))
        return { userId: idOrAddress, isMember: false };
    throw new Error(`${idOrAddress} is not a member of the organization. To list the keys of someone who has left, set \`created_by\` to their user ID, which \`remove-member\` and \`sync-members\` report as \`user_id\`.`);
}
function memberJson({ member, user }) {
    return { ...member, ...user };
}
function emailOf({ user }) {
    return (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .addressKey */ .IY)(user.email);
}
function byAddress(a, b) {
    return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .byCodeUnits */ .CA)(emailOf(a), emailOf(b)) || (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .byCodeUnits */ .CA)(a.member.id, b.member.id);
}
function arrivalOf(row, { emails, invitations }) {
    const inviter = invitations.get(emailOf(row))?.invited_by;
    return { joinedAt: row.member.joined_at, invitedBy: inviter && emails.get(inviter) };
}
function hasOtherAdmin(members, memberId) {
    return members.some(({ member, user }) => member.role === 'admin' && member.id !== memberId && user.deactivated_at === undefined);
}
function latestInvitations(invitations) {
    const latest = new Map();
    for (const invitation of [...invitations].sort((a, b) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .byCodeUnits */ .CA)(a.invited_at, b.invited_at)))
        latest.set((0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .addressKey */ .IY)(invitation.email), invitation);
    return new Map([...latest].sort(([a], [b]) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .byCodeUnits */ .CA)(a, b)));
}
async function lookUpMember(query, neon, isPlan) {
    const rows = await readMembers(neon);
    const row = findMember(rows, query);
    if (!row) {
        if (query.email === undefined)
            return { invitation: undefined };
        return { invitation: latestInvitations(await neon.getOrganizationInvitations()).get(query.email) };
    }
    const owner = await readKeyOwner(neon, rows, isPlan);
    const isOwner = owner.code === 'admin' && owner.userId === row.member.user_id;
    const isLast = row.member.role === 'admin' && !hasOtherAdmin(rows, row.member.id);
    return { row, rows, guard: isOwner ? 'key-owner' : isLast ? 'last-admin' : undefined };
}
function memberSubject(row) {
    const email = emailOf(row);
    return { email, name: email, origins: [] };
}
function removalOf(row) {
    const { id: memberId, user_id: userId, role } = row.member;
    return { kind: 'remove', ...memberSubject(row), memberId, userId, role };
}
function roleChangeOf(row, to) {
    const { id: memberId, role: from } = row.member;
    return (0,_roles_js__WEBPACK_IMPORTED_MODULE_3__/* .isSameRole */ .Jp)(from, to) ? undefined : { kind: 'change-role', ...memberSubject(row), memberId, from, to };
}
async function readInvitationsOf(row, rows, neon) {
    try {
        return invitationsOf(row, rows, await neon.getOrganizationInvitations());
    }
    catch (error) {
        if (error instanceof _neon_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .NeonError */ .T)
            return { error };
        throw error;
    }
}
function invitationsOf(row, rows, invitations) {
    const members = new Set(rows.map(emailOf));
    const { user_id: userId, joined_at: joinedAt } = row.member;
    return {
        received: invitations.filter(({ email, invited_at }) => (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .addressKey */ .IY)(email) === emailOf(row) && !isBefore(invited_at, joinedAt)),
        sent: invitations.filter(({ email, invited_by }) => invited_by === userId && !members.has((0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .addressKey */ .IY)(email))),
    };
}
function isBefore(invitedAt, joinedAt) {
    return joinedAt !== undefined && Date.parse(invitedAt) <= Date.parse(joinedAt);
}


/***/ }),

/***/ 6776:
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
  syncInvitations: () => (/* reexport */ syncInvitations),
  syncMembers: () => (/* reexport */ syncMembers),
  updateMember: () => (/* reexport */ updateMember)
});

// EXTERNAL MODULE: ./build/members/member.js
var members_member = __webpack_require__(7320);
// EXTERNAL MODULE: ./build/lib/email.js
var lib_email = __webpack_require__(3520);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/runner/markdown.js
var markdown = __webpack_require__(1134);
// EXTERNAL MODULE: ./build/runner/render-mode.js
var render_mode = __webpack_require__(4323);
;// CONCATENATED MODULE: ./build/members/change.js
function changesToApply({ changes, exceeded }) {
    return exceeded.length > 0 ? [] : changes;
}
function withheldRemovals({ skips }) {
    return skips.filter((skip) => skip.reason.code === 'withheld' && skip.reason.kind === 'remove');
}
function unnamedMembers({ skips }) {
    return skips.filter((skip) => skip.reason.code === 'not-listed');
}
function isNever(cap) {
    return ('count' in cap ? cap.count : cap.percent) === 0;
}
function allowedBy(cap, memberCount) {
    if ('count' in cap)
        return cap.count;
    const share = Math.floor((memberCount * cap.percent) / 100);
    return cap.percent > 0 ? Math.max(1, share) : 0;
}
function exceededCaps(changes, memberCount, rules) {
    const caps = {
        invite: rules.maxInvitations,
        'change-role': rules.maxRoleChanges,
        remove: rules.maxRemovals,
    };
    return Object.keys(caps).flatMap((kind) => {
        const cap = caps[kind];
        const allowed = allowedBy(cap, memberCount);
        const planned = changes.filter((change) => change.kind === kind).length;
        return planned > allowed ? [{ kind, cap, allowed, planned, memberCount }] : [];
    });
}

// EXTERNAL MODULE: ./build/members/owner.js
var members_owner = __webpack_require__(7987);
// EXTERNAL MODULE: ./build/lib/parallel.js
var parallel = __webpack_require__(2257);
// EXTERNAL MODULE: ./build/github/errors.js
var errors = __webpack_require__(7307);
;// CONCATENATED MODULE: ./build/github/teams.js


const membersPermission = '"Members: read" on the organization (which a GitHub App or a fine-grained token can have; the GITHUB_TOKEN of a job never has it)';
const pageSize = 100;
const teamsAtOnce = 4;
async function readTeams(github, teams, isDecisive = () => false) {
    const read = new Map();
    await (0,parallel/* inParallel */.H)(teams, teamsAtOnce, async (team) => void read.set(team, await readTeam(github, team, isDecisive(team))));
    return read;
}
async function readTeam(github, team, isDecisive) {
    const members = new Map();
    try {
        for (const member of await listTeamMembers(github, team))
            members.set(member.id, member);
        if (isDecisive || members.size === 0)
            for (const member of await listTeamMembers(github, team))
                members.set(member.id, member);
    }
    catch (error) {
        if ((0,errors/* cannotSee */.Nq)(error))
            return { state: 'hidden', members: [] };
        throw error;
    }
    const counted = isDecisive || members.size === 0 ? await memberCount(github, team) : undefined;
    if (counted !== undefined && members.size < counted)
        throw new Error(`GitHub listed ${members.size} of the ${counted} members of the team ${team}. Run this job again.`);
    const isUnconfirmed = members.size === 0 && counted === undefined;
    return { state: isUnconfirmed ? 'empty' : 'read', members: [...members.values()] };
}
async function listTeamMembers(github, team) {
    const [org = '', team_slug = ''] = team.split('/');
    const fetchPage = (page) => github.request('GET /orgs/{org}/teams/{team_slug}/members', { org, team_slug, ...page });
    return listAccounts(fetchPage, `the team ${team}`);
}
function listOrganizationMembers(github, org) {
    const fetchPage = (page) => github.request('GET /orgs/{org}/members', { org, ...page });
    return listAccounts(fetchPage, `the organization ${org}`);
}
async function listAccounts(fetchPage, where) {
    const members = [];
    for (let page = 1;; page += 1) {
        const { data: rows, headers } = await fetchPage({
            per_page: pageSize,
            page,
            request: { needs: membersPermission },
        });
        if (!Array.isArray(rows) || !rows.every(isMember))
            throw new Error(`GitHub did not return the members of ${where}. Run this job again.`);
        members.push(...rows.map(({ login, id, type }) => ({ login: login.toLowerCase(), id, isBot: type === 'Bot' })));
        const hasNext = /\brel="next"/.test(headers.link ?? '');
        if (rows.length === 0 || (!hasNext && rows.length < pageSize))
            return members;
    }
}
function isMember(row) {
    const { login, id } = (row ?? {});
    return typeof login === 'string' && login !== '' && Number.isSafeInteger(id);
}
async function memberCount(github, team) {
    const [org = '', team_slug = ''] = team.split('/');
    try {
        const { data } = await github.request('GET /orgs/{org}/teams/{team_slug}', { org, team_slug });
        const counted = data?.members_count;
        return Number.isSafeInteger(counted) ? counted : undefined;
    }
    catch (error) {
        if (error instanceof errors/* GitHubError */.y_)
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/members/sentences.js




function skipText(reason) {
    switch (reason.code) {
        case 'member':
            return `Already a member (${reason.role}).`;
        case 'invited':
            return `Invited on ${day(reason.invitedAt)} and not a member: the invitation is pending, or the person has left. ${reason.reinvite ? 'It is less than a day old.' : '`reinvite: true` invites again.'}`;
        case 'excluded':
            return 'Excluded.';
        case 'domain':
            return `${reason.domain} is not in \`allowed_domains\`.`;
        case 'deactivated':
            return `The account was deactivated on ${day(reason.since)}.`;
        case 'self':
            return `The owner of the key in use. ${wantedText(reason.wanted)}`;
        case 'protected':
            return `Listed in \`protected_emails\`. ${wantedText(reason.wanted)}`;
        case 'unreadable-address':
            return `The address cannot be compared with others. ${wantedText(reason.wanted)}`;
        case 'unknown-role':
            return `Has the role ${reason.role}, which this action does not know. ${wantedText(reason.wanted)}`;
        case 'last-admin':
            return 'The last active admin is never removed or demoted.';
        case 'not-listed':
            return 'Not named in the files. No one is removed, because `max_removals` is 0.';
        case 'role-in-doubt':
            return `The role is unknown, because the members of ${reason.teams.map(({ team }) => (0,members_owner/* ownerName */.Hc)(team)).join(', ')} could not be read.`;
        case 'withheld':
            return `${withheldText[reason.kind]} is withheld until this is resolved: ${doubtNames(reason.doubts).join(', ')}.`;
    }
}
function doubtNames({ shared, own }) {
    const some = [...shared.slice(0, 3), ...own.slice(0, 3)].slice(0, 3);
    const more = shared.length + own.length - some.length;
    return [...some.map(doubtName), ...(more > 0 ? [`… and ${more} more`] : [])];
}
const withheldText = {
    invite: 'The invitation',
    'change-role': 'The role change',
    remove: 'The removal',
};
function wantedText(wanted) {
    return wanted.kind === 'remove'
        ? 'Not named in the files, and not removed.'
        : `The role should be ${wanted.to}, but was not changed.`;
}
function day(iso) {
    return (0,lib_text/* oneLine */.TN)(iso).slice(0, 10);
}
function outcomeReasonText(reason) {
    switch (reason.code) {
        case 'error':
            return reason.error.message;
        case 'lookup-failed':
            return `${reason.error.message}\nThe lists that would show the outcome could not be read either${reason.lookup === 'cancelled' ? ', because the step was cancelled.' : `: ${reason.lookup.message}`}`;
        case 'not-confirmed':
            return "Neon's response does not contain this invitation, and neither do its lists.";
        case 'other-role':
            return `Neon assigned the role ${(0,lib_text/* oneLine */.TN)(reason.role)} instead.`;
        case 'still-listed':
            return `${reason.error.message}\nThe member is still listed.`;
        case 'last-admin':
            return 'This is now the last active admin, who is never removed or demoted.';
        case 'admins-unknown':
            return `It could not be determined whether another active admin is left. ${reason.error.message}`;
        case 'cancelled':
            return 'The step was cancelled.';
    }
}
const capInputs = {
    invite: { input: 'max_invitations', verb: 'be invited' },
    'change-role': { input: 'max_role_changes', verb: 'get another role' },
    remove: { input: 'max_removals', verb: 'be removed' },
};
function capText({ kind, cap, allowed, planned, memberCount }) {
    const { input, verb } = capInputs[kind];
    const share = 'count' in cap ? '' : ` (${cap.percent}% of ${(0,lib_text/* count */.U9)(memberCount, 'member')})`;
    return `\`${input}\` allows ${allowed}${share}, but ${planned} would ${verb}.`;
}
function stopText(stop) {
    switch (stop.code) {
        case 'cap':
            return capText(stop.exceeded);
        case 'unknown-exclusion':
            return unknownExclusionText(stop.exclusion);
        case 'unresolved':
            return `\`on_unresolved: fail\`: ${(0,lib_text/* count */.U9)(stop.unresolvedCount, 'owner')} without an address.`;
        case 'withheld':
            return `\`on_unresolved: fail\`: ${(0,lib_text/* count */.U9)(stop.withheldCount, 'removal')} withheld.`;
    }
}
function unknownExclusionText({ team, why, canSeeOthers }) {
    const name = (0,members_owner/* ownerName */.Hc)(team);
    if (why === 'empty')
        return `${name} is excluded, but GitHub lists no members of it. If the team is empty, remove it from \`exclude\`.`;
    return canSeeOthers
        ? `${name} is excluded, but does not exist or is hidden. The token can read other teams of ${team.org}, so check the name.`
        : `The members of the excluded team ${name} could not be read. Either the team does not exist, or the token lacks the permission ${membersPermission}.`;
}
function planNoticeText(notice) {
    switch (notice.code) {
        case 'roles-differ':
            return `${notice.name} has several roles: ${notice.roles.join(' and ')}. The role with the fewest permissions applies: ${notice.role}.`;
        case 'unmatched':
            return `${(0,lib_text/* someOf */.yU)(notice.names, 5).join(', ')} in \`${notice.list}\` ${notice.names.length === 1 ? 'matches' : 'match'} no member or owner. Check the spelling.`;
        case 'pending-admin': {
            const instead = notice.wanted === undefined ? 'is not named in the files' : `should have the role ${notice.wanted}`;
            return `${notice.email} was invited as admin on ${day(notice.invitedAt)}, is not a member, and ${instead}. ${withdrawText}`;
        }
    }
}
function sourceNoticeText(notice) {
    switch (notice.code) {
        case 'not-checked':
            return `GitHub does not check the owners in ${notice.file.isOwn ? notice.file.path : fileName(notice.file)}. A misspelled name in it may be someone else's account.`;
        case 'unowned':
            return `No line of ${fileName(notice.file)} requires an approval for changes to ${notice.paths.join(' and ')}, so anyone who can merge such a change can invite people. Add a line such as \`/${notice.paths[0]} @owner\`.`;
        case 'no-people-file':
            return `There is no ${notice.path}, so everyone gets the default role, and only the input \`exclude\` excludes people. If the file was renamed, set \`people_file\`. If you do not want one, set \`people_file: none\`.`;
        case 'no-merge-result':
            return `GitHub has no merge result of pull request #${notice.pullNumber}, for example because of conflicts. This plan reads the head of the pull request instead.`;
    }
}
const withdrawText = "Neon's API cannot withdraw an invitation. If it is still pending, withdraw it in the Neon Console.";
function fileName({ owner, repo, path, isOwn }) {
    return isOwn ? 'CODEOWNERS' : `${owner}/${repo}/${path}`;
}
function sentence(text) {
    return /[.!?]$/.test(text) ? (0,lib_text/* oneLine */.TN)(text) : `${(0,lib_text/* oneLine */.TN)(text)}.`;
}
function noAddressText(why) {
    switch (why.code) {
        case 'not-listed':
            return 'Not in the people file.';
        case 'no-account':
            return 'Not the GitHub account of a person.';
        case 'no-address':
            return 'None of the identity sources has an address.';
        case 'noreply':
            return 'A noreply address receives no mail.';
        case 'bot':
            return 'An app cannot be invited.';
        case 'team-hidden':
            return 'The members of the team could not be read.';
        case 'team-empty':
            return 'GitHub lists no members of the team.';
        case 'several-addresses':
            return `The sources give several addresses: ${foundText(why.found)}.`;
        case 'sources-disagree':
            return `The sources disagree: ${foundText(why.found)}.`;
        case 'other-account':
            return why.id === undefined
                ? `The people file pins the account ${why.pinnedId}, but GitHub has no person with this login.`
                : `The people file pins the account ${why.pinnedId}, but the login now belongs to the account ${why.id}.`;
        case 'source-unusable':
            return `${why.sources.map((source) => `\`${source}\``).join(' and ')} cannot be used and may have another address.`;
        case 'unknown-owner':
            return `GitHub does not accept this owner: ${sentence(why.suggestion ?? 'unknown owner')}`;
    }
}
function foundText(found) {
    return found.map(({ source, emails }) => `${source} has ${emails.join(' and ')}`).join(', ');
}
function unusableText(source, why) {
    const reason = why.code === 'refused'
        ? `GitHub responded with "${(0,lib_text/* oneLine */.TN)(why.message)}". The source requires the permission ${membersPermission}.`
        : `GitHub shows no SAML identity provider for the organization. Either the organization has no provider, or it is set up on the enterprise, or the token lacks the permission ${membersPermission}.`;
    return `The identity source \`${source}\` cannot be used. ${reason}`;
}
function invalidLineText(line) {
    switch (line.code) {
        case 'control-character':
            return 'The line contains a control character.';
        case 'negation':
            return '`!` does not work in CODEOWNERS.';
        case 'escaped-hash':
            return '`\\#` does not work in CODEOWNERS.';
        case 'brackets':
            return '`[ ]` does not work in CODEOWNERS. Escape brackets in a path with a backslash.';
        case 'hash-in-pattern':
            return 'The pattern contains `#`; the rest of the line may be a comment.';
        case 'not-an-owner':
            return `\`${(0,members_owner/* isPatternWithName */.EQ)(line.token) ? line.token : (0,lib_email/* maskInvalid */.oH)(line.token)}\` is not an owner. Write @user, @org/team or an e-mail address.`;
        case 'owner-in-pattern':
            return `\`${(0,lib_email/* maskInvalid */.oH)(line.token)}\` is part of the pattern, so it owns nothing. Write a pattern and a space before it.`;
        case 'github':
            return `GitHub reports: ${sentence([line.kind, line.suggestion].filter(Boolean).join('; '))}`;
    }
}
function doubtName(doubt) {
    switch (doubt.code) {
        case 'invalid-line':
            return `line ${doubt.line.line} of ${fileName(doubt.line.file)}`;
        case 'owner':
            return (0,members_owner/* ownerName */.Hc)(doubt.owner);
        case 'team':
            return (0,members_owner/* ownerName */.Hc)(doubt.team);
        case 'source':
            return `\`${doubt.source}\``;
        case 'no-one-named':
            return 'no one is named';
        case 'same-mailbox':
            return doubt.wanted;
        case 'other-address':
            return `${(0,members_owner/* ownerName */.Hc)(doubt.owner)} (${doubt.email})`;
        case 'unmatched':
            return `${(0,members_owner/* ownerName */.Hc)(doubt.entry)} in \`${doubt.list}\``;
    }
}
function releaseText(doubt) {
    const name = doubtName(doubt);
    switch (doubt.code) {
        case 'invalid-line':
            return `Correct ${name}: ${invalidLineText(doubt.line)}`;
        case 'owner':
            return ownerRelease(doubt, name);
        case 'team':
            return teamRelease(doubt.why, name);
        case 'source':
            return `Make ${name} usable, or remove it from \`identity_sources\`.`;
        case 'no-one-named':
            return 'Name at least one person in CODEOWNERS or in `include` of the people file.';
        case 'same-mailbox':
            return `${name} is named in the files and may be another spelling of ${doubt.email}. Correct the address, or remove the member with \`remove-member\`.`;
        case 'other-address':
            return `${(0,members_owner/* ownerName */.Hc)(doubt.owner)} is named in the files, and ${doubt.email} may be this person's address. Add the address that the person uses in Neon to the people file.`;
        case 'unmatched':
            return `${name} matches no one and may be misspelled. Correct or remove it.`;
    }
}
function ownerRelease({ owner, why, isExcluded }, name) {
    if (isExcluded)
        return `Add the address of ${name} to \`people\` in the people file, or remove ${name} from \`exclude\`.`;
    const text = `${name}: ${noAddressText(why)}`;
    if (owner.kind === 'email')
        return `${text} Correct or remove the address.`;
    if (why.code === 'other-account')
        return `${text} Correct the login or its \`github_id\`, or remove it.`;
    return why.code === 'unknown-owner'
        ? `${text} To keep this person, list ${name} in \`include\` of the people file. To allow the removal, add the address to \`people\`, or remove the name.`
        : `${text} Add it to the people file, or remove it.`;
}
function teamRelease(why, name) {
    if (why.code === 'team-hidden')
        return `The members of ${name} could not be read. Check the name of the team, and that the token has the permission ${membersPermission}.`;
    if (why.code === 'team-empty')
        return `GitHub lists no members of ${name}. If the team is empty, remove it from the files.`;
    return `${name}: ${noAddressText(why)} Correct or remove it.`;
}

// EXTERNAL MODULE: ./build/runner/docs.js
var docs = __webpack_require__(5512);
;// CONCATENATED MODULE: ./build/github/files.js

const needsContents = { needs: '"Contents: read" on the repository' };
async function defaultBranch(github, at) {
    const { data } = await github.request('GET /repos/{owner}/{repo}', { ...at, request: needsContents });
    const branch = data.default_branch;
    if (typeof branch !== 'string' || branch === '')
        throw new Error('GitHub did not return the default branch of the repository. Run this job again.');
    return { ...(await commit(github, at, `heads/${branch}`)), branch, fullName: String(data.full_name) };
}
async function commit(github, at, ref) {
    const { data } = await github.request('GET /repos/{owner}/{repo}/commits/{ref}', {
        ...at,
        ref,
        mediaType: { format: 'sha' },
        request: needsContents,
    });
    const sha = String(data);
    if (!/^[0-9a-f]{40,64}$/.test(sha))
        throw new Error(`GitHub did not return the commit of ${ref}. Run this job again.`);
    return { ...at, sha };
}
async function mergeResult(github, at, number) {
    try {
        return await commit(github, at, `refs/pull/${number}/merge`);
    }
    catch (error) {
        if ((0,errors/* isNotFound */.c4)(error) || (error instanceof errors/* GitHubError */.y_ && error.facts.status === 422))
            return undefined;
        throw error;
    }
}
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
        if ((0,errors/* isNotFound */.c4)(error) && !/No commit found/i.test(String(error)))
            return undefined;
        throw error;
    }
    const text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data;
    if (text === '' || text === undefined || text === null)
        throw new Error(`GitHub responded without the content of ${path}. If the file is empty, add a comment to it or delete it.`);
    if (typeof text === 'string' && !/^application\/json\b/.test(type ?? ''))
        return text;
    throw new Error(`GitHub did not return the content of ${path}. Check that it is a file and not a folder.`);
}
async function hasHistory(github, { owner, repo, sha }, path) {
    try {
        const parameters = { owner, repo, sha, path, per_page: 1, request: needsContents };
        const { data } = await github.request('GET /repos/{owner}/{repo}/commits', parameters);
        return Array.isArray(data) && data.length > 0;
    }
    catch (error) {
        if (error instanceof errors/* GitHubError */.y_)
            return false;
        throw error;
    }
}
async function codeownersErrors(github, { owner, repo, sha }) {
    const { data, headers } = await github.request('GET /repos/{owner}/{repo}/codeowners/errors', {
        owner,
        repo,
        ref: sha,
        request: needsContents,
    });
    if (!Array.isArray(data?.errors) || headers.link !== undefined)
        throw new Error('GitHub did not return all CODEOWNERS errors. Run this job again.');
    if (!data.errors.every(({ path, line }) => typeof path === 'string' && Number.isSafeInteger(line)))
        throw new Error('GitHub returned a CODEOWNERS error without its path or line. Run this job again.');
    return data.errors.map(({ line, column, kind, path, source = null, suggestion = null }) => ({
        line,
        column,
        kind,
        path,
        source,
        suggestion,
    }));
}

;// CONCATENATED MODULE: ./build/members/path-pattern.js
function matchesPath(pattern, path) {
    const isAnchored = pattern.slice(0, -1).includes('/');
    let reached = [...Array(path.length + 1).keys()].map((at) => at === 0 || (!isAnchored && path[at - 1] === '/'));
    for (const step of stepsOf(pattern.replace(/^\//, '').replace(/\/$/, ''))) {
        reached = advance(reached, step, path);
        if (!reached.includes(true))
            return false;
    }
    if (!pattern.endsWith('/') && reached.at(-1))
        return true;
    return !pattern.endsWith('/*') && reached.some((isReached, at) => isReached && path[at] === '/');
}
function* stepsOf(body) {
    for (const [text] of body.matchAll(/\\.|\*\*\/|\*\*|./gs)) {
        if (text === '**/' || text === '**' || text === '*' || text === '?')
            yield { wildcard: text };
        else if (text !== '\\')
            yield { character: text.slice(-1) };
    }
}
function advance(reached, step, path) {
    if ('character' in step)
        return reached.map((_, at) => reached[at - 1] === true && path[at - 1] === step.character);
    const { wildcard } = step;
    if (wildcard === '?')
        return reached.map((_, at) => reached[at - 1] === true && path[at - 1] !== '/');
    let isInside = false;
    return reached.map((isReached, at) => {
        const isAfterSlash = path[at - 1] === '/';
        const isEnd = isReached || (isInside && (wildcard === '**' || isAfterSlash === (wildcard === '**/')));
        isInside = wildcard === '**/' ? isInside || isReached : isEnd;
        return isEnd;
    });
}

;// CONCATENATED MODULE: ./build/members/codeowners.js



function parseCodeowners(text) {
    const owners = new Map();
    const invalid = [];
    let line = 0;
    for (let start = text.startsWith('\ufeff') ? 1 : 0; start <= text.length;) {
        const newline = text.indexOf('\n', start);
        const end = newline < 0 ? text.length : newline;
        line += 1;
        const rule = parseRule(text.slice(start, end).replace(/\r$/, ''));
        if (rule.problem)
            invalid.push({ line, ...rule.problem });
        for (const owner of rule.owners)
            addOwner(owners, owner, line);
        start = end + 1;
    }
    return { owners: [...owners.values()], unknown: [], invalid };
}
function addOwner(owners, owner, line) {
    const name = (0,members_owner/* ownerName */.Hc)(owner);
    const known = owners.get(name);
    if (!known)
        owners.set(name, { owner, lines: [line] });
    else if (known.lines.at(-1) !== line)
        known.lines.push(line);
}
function parseRule(line) {
    const text = line.replace(/^[ \t]+/, '');
    if (text === '' || text.startsWith('#'))
        return { pattern: '', owners: [] };
    if (/[^\P{Cc}\t]/u.test(text))
        return { pattern: '', owners: [], problem: { code: 'control-character' } };
    const pattern = patternOf(text);
    const problem = patternProblem(pattern);
    if (problem)
        return { pattern: '', owners: [], problem };
    const owners = ownersOfLine(text.slice(pattern.length));
    if ('code' in owners)
        return { pattern: '', owners: [], problem: owners };
    const token = ownerInPattern(pattern, owners.length === 0);
    return { pattern, owners, problem: token === undefined ? undefined : { code: 'owner-in-pattern', token } };
}
function patternOf(text) {
    return /^(?:\\.|[^\\ \t])*\\?/su.exec(text)?.[0] ?? '';
}
function patternProblem(pattern) {
    if (pattern.startsWith('!'))
        return { code: 'negation' };
    if (pattern.startsWith('\\#'))
        return { code: 'escaped-hash' };
    const unescaped = pattern.replace(/\\./gsu, '');
    if (/[[\]]/.test(unescaped))
        return { code: 'brackets' };
    return unescaped.includes('#') ? { code: 'hash-in-pattern' } : undefined;
}
function ownerInPattern(pattern, isAlone) {
    const at = pattern.lastIndexOf('@');
    if (at < 0)
        return undefined;
    const name = pattern.slice(at);
    const previous = pattern.slice(0, at).at(-1);
    const isVersion = /\w/.test(previous ?? '') && /^@v?\d/.test(name);
    if (previous !== '/' && !isVersion && (0,members_owner/* parseOwner */.pZ)(name))
        return shortened(name);
    const isAddress = isAlone && !/@\d+(?:\.\d+)?x\./.test(pattern) && (0,lib_email/* parseEmail */.wj)(pattern) !== undefined;
    return isAddress ? shortened(pattern) : undefined;
}
function ownersOfLine(text) {
    const owners = [];
    for (const [token] of text.matchAll(/[^ \t]+/g)) {
        if (token.startsWith('#'))
            break;
        const owner = (0,members_owner/* parseOwner */.pZ)(token);
        if (!owner)
            return { code: 'not-an-owner', token: shortened(token) };
        owners.push(owner);
    }
    return owners;
}
function shortened(token) {
    return token.length > 80 ? `${token.slice(0, 80)}…` : token;
}
function crossCheck(parsed, errors) {
    const unknown = new Map();
    const invalid = [...parsed.invalid];
    const invalidLines = new Set();
    const ours = new Set(parsed.invalid.map(({ line }) => line));
    for (const error of errors) {
        const owner = error.kind === 'Unknown owner' ? ownerAt(error) : undefined;
        const suggestion = error.suggestion ?? undefined;
        if (owner) {
            const known = unknown.get((0,members_owner/* ownerName */.Hc)(owner)) ?? { owner, lines: new Set(), suggestion };
            unknown.set((0,members_owner/* ownerName */.Hc)(owner), known);
            known.lines.add(error.line);
            continue;
        }
        invalidLines.add(error.line);
        if (!ours.has(error.line))
            invalid.push({ line: error.line, code: 'github', kind: error.kind, suggestion });
    }
    const owners = parsed.owners
        .filter(({ owner }) => !unknown.has((0,members_owner/* ownerName */.Hc)(owner)))
        .map(({ owner, lines }) => ({ owner, lines: lines.filter((line) => !invalidLines.has(line)) }))
        .filter(({ lines }) => lines.length > 0);
    const unknownOwners = [...unknown.values()].map((one) => ({ ...one, lines: [...one.lines] }));
    return { owners, unknown: unknownOwners, invalid: invalid.sort((a, b) => a.line - b.line) };
}
function ownerAt({ source, column }) {
    const token = /^[^ \t\r\n]+/.exec((source ?? '').slice(column - 1))?.[0];
    return token === undefined ? undefined : (0,members_owner/* parseOwner */.pZ)(token);
}
function isOwned(codeowners, path) {
    for (const line of codeowners
        .replace(/^\ufeff/, '')
        .split('\n')
        .reverse()) {
        const { pattern, owners } = parseRule(line.replace(/\r$/, ''));
        if (pattern !== '' && matchesPath(pattern, path))
            return owners.length > 0;
    }
    return false;
}

;// CONCATENATED MODULE: ./build/members/read-codeowners.js




async function readCodeowners(request, github) {
    const own = await readRepository(request.at, true, request, github);
    return [own, ...(await readOthers(request, github))];
}
const defaultPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
const maxBytes = 3 * 1024 * 1024;
async function readRepository(at, isOwn, { path: wanted, serverUrl }, github) {
    const { path, text } = await readFirst(wanted === undefined ? defaultPaths : [wanted], github, at);
    if (Buffer.byteLength(text) > maxBytes)
        throw new Error(`In ${nameOf(at)}, ${path} is larger than 3 MB. GitHub does not load it, so it names no one.`);
    const parsed = parseCodeowners(text);
    const isChecked = wanted === undefined || path === defaultPaths[0];
    const codeowners = isChecked ? await check(parsed, path, github, at) : parsed;
    const url = `${serverUrl}/${nameOf(at)}/blob/${at.sha}/${path}`;
    return { file: { ...at, path, isOwn, url }, codeowners, isChecked, isOwned: (other) => isOwned(text, other) };
}
async function readFirst(paths, github, at) {
    for (const path of paths) {
        const text = await readFile(github, at, path);
        if (text !== undefined)
            return { path, text };
    }
    throw new Error(`There is no ${paths.join(' or ')} at commit ${at.sha} of ${nameOf(at)}, so nothing was done.`);
}
async function check(parsed, path, github, at) {
    const errors = await codeownersErrors(github, at);
    const other = errors.find((error) => error.path !== path);
    if (other)
        throw new Error(`In ${nameOf(at)}, GitHub reported errors in ${other.path}, although it uses ${path}. Run this job again.`);
    return crossCheck(parsed, errors);
}
const maxConcurrentFiles = 4;
async function readOthers(request, github) {
    const read = new Map();
    const failures = [];
    await (0,parallel/* inParallel */.H)(request.others, maxConcurrentFiles, async (name) => {
        try {
            read.set(name, await readRepository(await newestCommit(name, github), false, request, github));
        }
        catch (error) {
            failures.push(error);
        }
    });
    if (failures.length === 1)
        throw failures[0];
    if (failures.length > 1)
        throw new Error(failures.map((error) => error.message).join('\n'), { cause: failures[0] });
    return request.others.flatMap((name) => read.get(name) ?? []);
}
async function newestCommit(name, github) {
    const [owner = '', repo = ''] = name.split('/');
    const { branch: _branch, fullName, ...at } = await defaultBranch(github, { owner, repo });
    if (fullName.toLowerCase() === name.toLowerCase())
        return at;
    throw new Error(`${name} is now named ${fullName}. Use the new name in \`repositories\`.`);
}
function nameOf({ owner, repo }) {
    return `${owner}/${repo}`;
}
function uniteOwners(read) {
    const owners = new Map();
    const unknown = new Map();
    for (const { file, codeowners } of read) {
        const placesOf = (lines) => lines.map((line) => ({ file, line }));
        for (const { owner, lines } of codeowners.owners) {
            const known = owners.get((0,members_owner/* ownerName */.Hc)(owner))?.places ?? [];
            owners.set((0,members_owner/* ownerName */.Hc)(owner), { owner, places: [...known, ...placesOf(lines)] });
        }
        for (const { owner, lines, suggestion } of codeowners.unknown) {
            const known = unknown.get((0,members_owner/* ownerName */.Hc)(owner)) ?? { owner, places: [], suggestion };
            unknown.set((0,members_owner/* ownerName */.Hc)(owner), { ...known, places: [...known.places, ...placesOf(lines)] });
        }
    }
    return {
        files: read.map(({ file }) => file),
        owners: [...owners.values()],
        unknown: [...unknown].filter(([name]) => !owners.has(name)).map(([, one]) => one),
        invalid: read.flatMap(({ file, codeowners }) => codeowners.invalid.map((line) => ({ ...line, file }))),
    };
}
function invalidLinesOf({ invalid }) {
    const byFile = Map.groupBy(invalid, ({ file }) => file);
    return [...byFile.values()].flatMap((some) => [...Map.groupBy(some, ({ line }) => line).values()].flatMap((problems) => problems.slice(0, 1)));
}

;// CONCATENATED MODULE: ./build/members/tables.js







const nothing = '–';
const outcomeLabels = {
    done: '✅ done',
    already: '☑️ already done',
    failed: '❌ failed',
    unknown: '❓ unknown',
    'not-started': '⏸️ not started',
};
const headings = {
    invite: '✉️ Invitations',
    'change-role': '🔁 Roles',
    remove: '🚪 Removals',
};
function sourceText({ at, serverUrl, from, peoplePath, codeowners }, format) {
    const [own, ...others] = codeowners.files;
    const files = [own?.path ?? '', ...(peoplePath === undefined ? [] : [peoplePath])];
    const where = 'branch' in from
        ? `the default branch ${from.branch}`
        : `the ${from.isMerged ? 'merge result' : 'head'} of pull request #${from.pullNumber}`;
    if (format === 'text') {
        const more = others.map((file) => `Read ${fileName(file)} from its default branch, commit ${file.sha}.`);
        return [`Read ${files.join(' and ')} from ${where}, commit ${at.sha}.`, ...more].join('\n');
    }
    const repositoryUrl = `${serverUrl}/${at.owner}/${at.repo}`;
    const names = files.map((file) => (0,markdown/* link */.nf)((0,markdown/* code */.aY)(file), `${repositoryUrl}/blob/${at.sha}/${file}`)).join(' and ');
    const commit = (0,markdown/* link */.nf)((0,markdown/* code */.aY)(at.sha.slice(0, 12)), `${repositoryUrl}/commit/${at.sha}`);
    const place = 'branch' in from ? (0,markdown/* plain */.pj)(where) : (0,markdown/* link */.nf)((0,markdown/* plain */.pj)(where), `${repositoryUrl}/pull/${from.pullNumber}`);
    const more = others.map((file) => `${(0,markdown/* link */.nf)((0,markdown/* code */.aY)(fileName(file)), file.url)} at commit ${(0,markdown/* code */.aY)(file.sha.slice(0, 12))}`);
    const also = more.length > 0 ? ` Also read from the default branches of other repositories: ${more.join(', ')}.` : '';
    return `Read ${names} from ${place}, commit ${commit}.${also}`;
}
function changeTables(changes, outcomes, shown) {
    const byChange = new Map(outcomes.map((one) => [one.change, outcomeLabels[one.outcome]]));
    const tables = Object.keys(headings).map((kind) => {
        const some = changes.filter((change) => change.kind === kind);
        const rows = some.map((change) => [...changeCells(change, shown), byChange.get(change) ?? 'planned']);
        const head = kind === 'remove' ? [...unnamedColumns, 'User ID'] : ['Name', 'E-mail', 'Address from', 'Role', 'Named by'];
        return usedSection(headings[kind], [...head, 'Status'], rows);
    });
    return tables.filter(Boolean).join('\n\n');
}
function usedSection(title, head, rows) {
    const used = head.map((_name, column) => rows.some((row) => row[column] !== nothing));
    const isUsed = (_cell, column) => used[column] === true;
    return (0,markdown/* section */.uW)(title, head.filter(isUsed), rows.map((row) => row.filter(isUsed)));
}
function changeCells(change, shown) {
    return change.kind === 'remove'
        ? [...unnamedCells(change.email, change.role, change.arrival, shown), (0,markdown/* code */.aY)(change.userId)]
        : [...subjectCells(change, shown), addressCell(change), roleCell(change), originsCell(change, shown)];
}
const sourceNames = {
    'people-file': 'people file',
    saml: 'SAML',
    'verified-domain': 'verified domain',
    profile: 'profile',
};
function addressCell({ addressFrom = [] }) {
    return addressFrom.map((source) => sourceNames[source]).join(', ') || nothing;
}
const unnamedColumns = ['E-mail', 'Role', 'Joined', 'Invited by'];
function unnamedCells(email, role, arrival, shown) {
    const { joinedAt, invitedBy } = arrival ?? {};
    return [
        (0,markdown/* code */.aY)(email, shown),
        (0,markdown/* plain */.pj)(role),
        joinedAt === undefined ? 'unknown' : (0,markdown/* plain */.pj)(day(joinedAt)),
        invitedBy === undefined ? 'unknown' : (0,markdown/* code */.aY)(invitedBy, shown),
    ];
}
function unnamedSection(plan, shown) {
    const skips = unnamedMembers(plan).toSorted((a, b) => (0,lib_text/* byCodeUnits */.CA)(joinedAtOf(b), joinedAtOf(a)));
    const rows = skips.map(({ email, reason }) => unnamedCells(email, reason.role, reason.arrival, shown));
    const note = `${rows.length === 1 ? 'This member is' : 'These members are'} in Neon, but not in the files. No member is removed, because \`max_removals\` is 0. ${(0,docs/* docsLink */._h)('Changes made in Neon', 'drift')}`;
    return (0,markdown/* section */.uW)(`🧭 ${(0,lib_text/* count */.U9)(rows.length, 'member')} not named in the files`, unnamedColumns, rows, note);
}
function joinedAtOf({ reason }) {
    return reason.arrival.joinedAt ?? '';
}
function subjectCells({ name, email }, shown) {
    return [name === email ? nothing : (0,markdown/* code */.aY)(name, shown), (0,markdown/* code */.aY)(email, shown)];
}
function roleCell(change) {
    return change.kind === 'change-role' ? `${(0,markdown/* plain */.pj)(change.from)} → ${(0,markdown/* plain */.pj)(change.to)}` : (0,markdown/* plain */.pj)(change.role);
}
function originsCell({ origins }, shown) {
    const some = origins.slice(0, 3).map((origin) => originText(origin, shown));
    return [...some, ...(origins.length > 3 ? [`${origins.length - 3} more`] : [])].join(', ') || nothing;
}
function originText({ owner, places }, shown) {
    const [first, ...more] = places;
    const place = first === undefined ? '`include`' : `${placeText(first)}${more.length > 0 ? ` and ${more.length} more` : ''}`;
    return owner.kind === 'team' ? `${(0,markdown/* code */.aY)((0,members_owner/* ownerName */.Hc)(owner), shown)} (${place})` : place;
}
function placeText({ file, line }) {
    const text = `line ${line}`;
    return (0,markdown/* link */.nf)(file.isOwn ? text : `${(0,markdown/* code */.aY)(fileName(file))} ${text}`, `${file.url}#L${line}`);
}
function withheldSection(plan, shown) {
    const withheld = withheldRemovals(plan);
    if (withheld.length === 0)
        return '';
    const releases = releasesOf(plan).map((text) => `- ${(0,markdown/* prose */.CS)(text, shown)}`);
    const shownReleases = releases.length > 50 ? [...releases.slice(0, 50), `- … and ${releases.length - 50} more`] : releases;
    return `#### ✋ ${(0,lib_text/* count */.U9)(withheld.length, 'removal')} withheld\n\nThese names are unresolved, and each may belong to a member whose removal is withheld. ${(0,docs/* docsLink */._h)('How to resolve them', 'removals')}\n\n${shownReleases.join('\n')}`;
}
function releasesOf(plan) {
    const reasons = withheldRemovals(plan).map(({ reason }) => reason.doubts);
    const shared = [...new Set(reasons.map((doubts) => doubts.shared))].flat();
    const doubts = new Set([...shared, ...reasons.flatMap(({ own }) => own)]);
    const byName = new Map([...doubts].map((doubt) => [`${doubt.code} ${doubtName(doubt)}`, doubt]));
    return [...byName.values()].map(releaseText);
}
function unresolvedTable(unresolved, people, shown) {
    const rows = unresolved.map(({ owner, why, origins }) => [
        (0,markdown/* code */.aY)((0,members_owner/* ownerName */.Hc)(owner), shown),
        origins.map((origin) => originText(origin, shown)).join(', ') || nothing,
        (0,markdown/* prose */.CS)(noAddressText(why), shown),
    ]);
    const lines = unresolved.flatMap((one) => peopleLine(one, people));
    const toAdd = `Add these lines to the people file, with the addresses:\n\n\`\`\`yaml\npeople:\n${lines.join('\n')}\n\`\`\``;
    const parts = [
        (0,markdown/* section */.uW)(`❓ ${(0,lib_text/* count */.U9)(unresolved.length, 'owner')} without an address`, ['Name', 'Named by', 'Why'], rows, (0,docs/* docsLink */._h)('Where addresses come from', 'addresses')),
    ];
    return [...parts, lines.length > 0 ? toAdd : ''].filter(Boolean).join('\n\n');
}
function peopleLine({ owner, why, id }, people) {
    const isUseless = why.code === 'bot' || why.code === 'unknown-owner';
    if (owner.kind !== 'user' || isUseless || people.has(owner.login))
        return [];
    return [(0,lib_text/* oneLine */.TN)(id === undefined ? `${owner.login}: …` : `${owner.login}: { email: …, github_id: ${id} }`)].map((line) => `  ${line}`);
}
function invalidLinesTable(invalid, shown) {
    const lines = invalidLinesOf({ invalid: [...invalid] }).length;
    const rows = invalid.map((one) => [placeText(one), (0,markdown/* prose */.CS)(invalidLineText(one), shown)]);
    return (0,markdown/* section */.uW)(`⚠️ ${(0,lib_text/* count */.U9)(lines, 'invalid line')} in CODEOWNERS`, ['Line', 'Why'], rows);
}
const skipGroups = {
    withheld: 'withheld until names are resolved',
    'role-in-doubt': 'with an unknown role',
    'last-admin': 'never removed or demoted: the last admin',
    self: 'never removed or demoted: the owner of the key',
    protected: 'in `protected_emails`',
    excluded: 'excluded',
    domain: 'not in `allowed_domains`',
    invited: 'already invited',
    deactivated: 'deactivated',
    'unknown-role': 'with a role that this action does not know',
    'unreadable-address': 'with an address that cannot be compared',
};
function skipTable(skips, shown) {
    const isMember = ({ reason }) => reason.code === 'member';
    const isUnnamed = ({ reason }) => reason.code === 'not-listed';
    const unstated = skips.filter(({ reason }) => reason.code === 'member' && reason.isRoleUnstated);
    const members = skips.filter(isMember).length;
    const parts = [
        skippedSection(skips.filter((skip) => !isMember(skip) && !isUnnamed(skip)), shown),
        unstatedSection(unstated, shown),
        members > 0 ? `${members} ${members === 1 ? 'is already a member' : 'are already members'}.` : '',
    ];
    return parts.filter(Boolean).join('\n\n');
}
function skippedSection(skips, shown) {
    const head = ['Name', 'E-mail', 'Why'];
    const rowOf = (skip) => [...subjectCells(skip, shown), (0,markdown/* prose */.CS)(skipText(skip.reason), shown)];
    const title = `⏭️ ${skips.length} skipped`;
    if (skips.length <= markdown/* maxOpenRows */.U$)
        return (0,markdown/* section */.uW)(title, head, skips.map(rowOf));
    const groups = Object.keys(skipGroups).flatMap((reason) => {
        const some = skips.filter((skip) => skip.reason.code === reason);
        return some.length > 0 ? [(0,markdown/* details */.zH)(`${some.length} ${skipGroups[reason]}`, (0,markdown/* table */.tp)(head, some.map(rowOf)))] : [];
    });
    return `#### ${title}\n\n${groups.join('\n\n')}`;
}
function unstatedSection(skips, shown) {
    if (skips.length === 0)
        return '';
    const rows = skips.map((skip) => [
        ...subjectCells(skip, shown),
        skip.reason.code === 'member' ? (0,markdown/* plain */.pj)(skip.reason.role) : '',
        originsCell(skip, shown),
    ]);
    const title = `${(0,lib_text/* count */.U9)(skips.length, 'member')} without an explicit role, who ${skips.length === 1 ? 'keeps' : 'keep'} their current role`;
    return (0,markdown/* details */.zH)(title, (0,markdown/* table */.tp)(['Name', 'E-mail', 'Role', 'Named by'], rows));
}

;// CONCATENATED MODULE: ./build/members/render.js








function peopleResult(report) {
    const { plan, outcomes, managesMembers, sync } = report;
    const done = doneOf(report);
    const of = (kind) => done.filter((change) => change.kind === kind);
    const failures = [stopsText(report), report.trust.apply ? failureText(outcomes) : ''].filter(Boolean);
    return {
        changed: done.length > 0,
        outputs: {
            invited_count: String(of('invite').length),
            ...(managesMembers ? { withheld_count: String(withheldRemovals(plan).length) } : {}),
        },
        json: {
            invited: of('invite').map(changeJson),
            ...(managesMembers
                ? { role_changes: of('change-role').map(changeJson), removed: of('remove').map(changeJson) }
                : {}),
            failed: outcomes.flatMap(failedJson),
            skipped: plan.skips.map(skipJson),
            ...(sync ? { unresolved: unresolvedJson(sync) } : {}),
            plan: [...plan.changes.map(changeJson), ...plan.skips.map((skip) => ({ ...skipJson(skip), action: 'skip' }))],
        },
        summary: summaryOf(report, done),
        ...(failures.length > 0 ? { failure: failures.join('\n') } : {}),
    };
}
function doneOf({ outcomes }) {
    return outcomes.filter(({ outcome }) => outcome === 'done').map(({ change }) => change);
}
function stopsText({ stops, trust }) {
    if (stops.length === 0)
        return '';
    const all = stops.map(stopText).join(' ');
    return trust.apply ? `Nothing was changed. ${all}` : `This plan would not be applied. ${all}`;
}
const openOutcomes = { failed: 'failed', unknown: 'outcome unknown', 'not-started': 'not started' };
function failureText(outcomes) {
    const open = outcomes.filter((one) => 'reason' in one);
    if (open.length === 0)
        return '';
    const reasons = Map.groupBy(open, (one) => `${openOutcomes[one.outcome]}: ${outcomeReasonText(one.reason)}`);
    const lines = [...reasons].slice(0, 5).map(([reason, some]) => {
        const names = (0,lib_text/* someOf */.yU)(some.map(({ change }) => change.name), 5);
        return `${names.join(', ')} – ${reason}`;
    });
    const isRefused = open.every(({ reason }) => reason.code === 'error' && reason.error.facts.kind === 'refused');
    const advice = isRefused ? '' : ' Re-running is safe: completed changes are not repeated.';
    const were = open.length === 1 ? 'was' : 'were';
    const what = `${open.length} of ${(0,lib_text/* count */.U9)(outcomes.length, 'change')} ${were} not made or could not be confirmed.`;
    return `${what}${advice}\n${lines.join('\n')}`;
}
function originJson({ owner, places }) {
    const names = places.length > 0 ? places.map(({ file, line }) => `${fileName(file)}:${line}`) : ['include'];
    return owner.kind === 'team' ? names.map((name) => `${(0,members_owner/* ownerName */.Hc)(owner)} (${name})`) : names;
}
function changeJson(change) {
    const { kind: action, email, name } = change;
    const named_by = change.origins.flatMap(originJson);
    if (change.kind === 'invite')
        return { email, name, role: change.role, action, named_by };
    const member = { email, name, member_id: change.memberId };
    if (change.kind === 'remove')
        return { ...member, user_id: change.userId, role: change.role, action };
    return { ...member, from: change.from, role: change.to, action, named_by };
}
function failedJson(one) {
    if (!('reason' in one))
        return [];
    return [{ ...changeJson(one.change), outcome: one.outcome, reason: outcomeReasonText(one.reason) }];
}
function skipJson({ email, name, reason }) {
    return { email, name, reason: reason.code, why: skipText(reason) };
}
function unresolvedJson({ identities }) {
    return identities.unresolved.map(({ owner, why }) => ({
        name: (0,members_owner/* ownerName */.Hc)(owner),
        reason: noAddressText(why),
        bot: why.code === 'bot',
    }));
}
function summaryOf(report, done) {
    const { plan, trust, sync, outcomes } = report;
    const shown = (0,lib_email/* shownWith */.ou)(report.showEmails);
    const stopped = stopsText(report);
    const parts = [
        `### 👥 Neon organization: ${titleOf(report, done)}`,
        sync ? sourceText(sync.sources, 'markdown') : '',
        (0,render_mode/* planNote */._)(trust),
        stopped && `⛔ ${(0,markdown/* prose */.CS)(stopped, shown)}`,
        withheldSection(plan, shown),
        sync ? unresolvedTable(sync.identities.unresolved, sync.sources.people.people, shown) : '',
        sync ? invalidLinesTable(sync.sources.codeowners.invalid, shown) : '',
        noticesSection(plan, shown),
        changeTables(plan.changes, outcomes, shown),
        unnamedSection(plan, shown),
        skipTable(plan.skips, shown),
    ];
    return `${parts.filter(Boolean).join('\n\n')}\n`;
}
function noticesSection({ notices }, shown) {
    const lines = notices.map((notice) => `- ${(0,markdown/* prose */.CS)(planNoticeText(notice), shown)}`);
    return lines.length === 0 ? '' : `#### ⚠️ To check\n\n${lines.join('\n')}`;
}
function peopleComment(report) {
    return {
        body: hasNothingToReport(report) ? undefined : summaryOf({ ...report, showEmails: false }, doneOf(report)),
        nothingToSay: '### 👥 Neon organization: nothing to change',
    };
}
function hasNothingToReport(report) {
    const { plan, stops, sync } = report;
    const toResolve = (sync?.sources.codeowners.invalid.length ?? 0) + plan.notices.length + stops.length;
    const isWithheld = plan.skips.some(({ reason }) => reason.code === 'withheld' || reason.code === 'role-in-doubt');
    return plan.changes.length + toResolve + unresolvedCount(report) === 0 && !isWithheld;
}
function unresolvedCount({ sync }) {
    return sync?.identities.unresolved.filter(({ why }) => why.code !== 'bot').length ?? 0;
}
const titles = {
    invite: ['invited', 'to invite'],
    'change-role': ['with a new role', 'to get a new role'],
    remove: ['removed', 'to remove'],
};
function titleOf(report, done) {
    const { plan, trust, stops, outcomes } = report;
    const counted = Object.keys(titles).map((kind) => [
        (trust.apply ? done : plan.changes).filter((change) => change.kind === kind).length,
        titles[kind][trust.apply ? 0 : 1],
    ]);
    const open = unresolvedCount(report);
    counted.push([outcomes.filter((one) => 'reason' in one).length, 'not made or unconfirmed'], [withheldRemovals(plan).length, 'not removed, because names are unresolved'], [unnamedMembers(plan).length, 'not named in the files'], [open, `${open === 1 ? 'owner' : 'owners'} without an address`]);
    const parts = counted.flatMap(([number, what]) => (number > 0 ? [`${number} ${what}`] : []));
    if (trust.apply && stops.length > 0)
        parts.unshift('nothing changed');
    return parts.length > 0 ? parts.join(', ') : 'up to date';
}

;// CONCATENATED MODULE: ./build/members/render-member.js








function memberResult(row, showEmails) {
    return resultAbout('Neon member', row, showEmails);
}
function resultAbout(title, row, showEmails, more = [], note = '') {
    const rows = [['Role', (0,markdown/* plain */.pj)(row.member.role)], ...statusOf(row), ...more];
    const address = ['E-mail', (0,markdown/* code */.aY)(row.user.email, (0,lib_email/* shownWith */.ou)(showEmails))];
    const ids = [
        ['Member ID', (0,markdown/* code */.aY)(row.member.id)],
        ['User ID', (0,markdown/* code */.aY)(row.member.user_id)],
    ];
    const parts = [`### 👤 ${title}`, note, (0,markdown/* facts */.Ix)([address, ...ids, ...rows])];
    return {
        changed: false,
        outputs: {},
        json: { member: (0,members_member/* memberJson */.$n)(row) },
        summary: `${parts.filter(Boolean).join('\n\n')}\n`,
    };
}
function statusOf({ user }) {
    return user.deactivated_at === undefined ? [] : [['Deactivated', (0,markdown/* plain */.pj)(day(user.deactivated_at))]];
}
function changeResult(row, change, outcome, trust, showEmails) {
    const isDone = outcome?.outcome === 'done';
    const isNewRole = isDone && change.kind === 'change-role';
    const after = isNewRole ? { ...row, member: { ...row.member, role: change.to } } : row;
    const status = (0,markdown/* prose */.CS)(outcome ? outcomeLabels[outcome.outcome] : 'planned');
    const fact = change.kind === 'change-role' ? ['New role', `${(0,markdown/* plain */.pj)(change.to)}, ${status}`] : ['Removal', status];
    const failure = outcome ? failureText([outcome]) : '';
    return {
        ...resultAbout(changeTitle(change, outcome), after, showEmails, [fact], (0,render_mode/* planNote */._)(trust)),
        changed: isDone,
        ...(failure ? { failure } : {}),
    };
}
function changeTitle(change, outcome) {
    const what = change.kind === 'remove' ? 'Neon member' : 'Role of a Neon member';
    const done = change.kind === 'remove' ? 'removed' : 'changed';
    switch (outcome?.outcome) {
        case undefined:
            return `${what} would be ${done}`;
        case 'done':
            return `${what} ${done}`;
        case 'already':
            return `${what} already ${done}`;
        case 'unknown':
            return `${what}: outcome unknown`;
        default:
            return `${what} not ${done}`;
    }
}
function notMemberText(query, lister) {
    const listed = lister === 'list-members' ? 'lists the members' : 'lists the people who were invited';
    return `${queryText(query)} is not a member of the organization. Check the spelling: \`${lister}\` ${listed}.`;
}
function queryText({ member_id, email }) {
    return member_id ?? email ?? '';
}
function sameRoleText({ member, user }) {
    return `${user.email} already has the role ${member.role}.`;
}
function guardText(email, guard) {
    return guard === 'key-owner'
        ? `${email} owns the key in use, which cannot remove or demote its owner. Use the key of another admin.`
        : `${email} is the last active admin and is never removed or demoted. Make another member an admin first.`;
}
function noMemberText(query, invitation) {
    if (invitation)
        return pendingInvitationText(invitation);
    return `${queryText(query)} is not a member of the organization, so no one was removed. If this person was not removed earlier, check the spelling.`;
}
function noMemberResult(invitation) {
    const pending = invitation ? ` ${(0,markdown/* prose */.CS)(pendingInvitationText(invitation))}` : '';
    const summary = `### 👤 No such Neon member\n\nNothing was done.${pending}\n`;
    const json = { member: null, keys: null, invitations: invitation ? [invitation] : [] };
    return { changed: false, outputs: {}, json, summary };
}
function pendingInvitationText({ email, role, invited_at }) {
    return `${email} is not a member, but was invited as ${role} on ${day(invited_at)}. ${withdrawText}`;
}
function foundMembersText(rows) {
    return `Found ${(0,lib_text/* count */.U9)(rows.length, 'member')}.`;
}
function membersResult(rows, showEmails) {
    const members = [...rows].sort((a, b) => a.user.email.localeCompare(b.user.email));
    const cells = members.map((row) => memberCells(row, showEmails));
    return {
        changed: false,
        outputs: { member_count: String(members.length) },
        json: { members: members.map(members_member/* memberJson */.$n) },
        summary: `### 👥 ${(0,lib_text/* count */.U9)(members.length, 'Neon member')}\n\n${(0,markdown/* foldedTable */.vd)(['E-mail', 'Role', 'Joined', 'MFA', 'Member ID'], cells)}\n`,
    };
}
function memberCells({ member, user }, showEmails) {
    const status = user.deactivated_at === undefined ? '' : ` (deactivated on ${(0,markdown/* plain */.pj)(day(user.deactivated_at))})`;
    return [
        (0,markdown/* code */.aY)(user.email, (0,lib_email/* shownWith */.ou)(showEmails)) + status,
        (0,markdown/* plain */.pj)(member.role),
        (0,markdown/* time */.kB)(member.joined_at ?? ''),
        user.has_mfa === undefined ? 'unknown' : user.has_mfa ? 'on' : 'off',
        (0,markdown/* code */.aY)(member.id),
    ];
}
function foundInvitationsText(invitations) {
    const open = invitations.filter(({ accepted }) => !accepted).length;
    return `Found ${(0,lib_text/* count */.U9)(invitations.length, 'invitation')}, ${open} of them to people who are not members.`;
}
function invitationsResult(invitations, showEmails) {
    const rows = invitations.map(({ email, role, invited_at, accepted }) => [
        (0,markdown/* code */.aY)(email, (0,lib_email/* shownWith */.ou)(showEmails)),
        (0,markdown/* plain */.pj)(role),
        (0,markdown/* time */.kB)(invited_at),
        accepted ? '✅ member' : '✉️ pending, or has left',
    ]);
    return {
        changed: false,
        outputs: { invitation_count: String(invitations.length) },
        json: { invitations },
        summary: `### ✉️ ${(0,lib_text/* count */.U9)(invitations.length, 'invitation')}\n\n${rows.length > 0 ? (0,markdown/* foldedTable */.vd)(['E-mail', 'Role', 'Invited', 'Status'], rows) : 'None.'}\n`,
    };
}
const draftProblems = {
    address: 'an address that a people file cannot contain',
    noreply: 'a noreply address',
    duplicate: 'the address of two members',
};
function peopleFileText(lines, organizationId) {
    const known = lines.filter((line) => line.account && !line.problem);
    const others = lines.filter((line) => !known.includes(line));
    const header = [
        `# .github/neon-people.yml: the members of ${organizationId}.`,
        ...(others.length > 0
            ? [
                '# Complete the lines that are comments: replace LOGIN with the GitHub login, and remove the leading #.',
                '# List people who own no code under `include:`, by login or address.',
            ]
            : []),
        'people:',
    ];
    return `${[...header, ...known.map(knownLine).sort(), ...others.map(commentLine)].join('\n')}\n`;
}
function knownLine({ email, role, account }) {
    return `  ${account?.login}: { email: ${scalar(email)}${roleText(role)}, github_id: ${account?.id} }`;
}
function commentLine({ email, role, problem }) {
    const why = problem === undefined ? '' : ` # ${draftProblems[problem]}`;
    return `  # LOGIN: { email: ${scalar((0,lib_text/* oneLine */.TN)(email))}${roleText(role)} }${why}`;
}
function roleText(role) {
    return role === undefined ? '' : `, role: ${role}`;
}
function scalar(text) {
    return /^[A-Za-z0-9][A-Za-z0-9._+@-]*$/.test(text) ? text : JSON.stringify(text);
}
const draftTooLargeText = 'The output `people_file` is not set: with all members, it would be larger than 256 kB.';
function draftSection(text, lines, shown) {
    const open = lines.filter(({ account, problem }) => !account || problem).length;
    const title = `A people file to start from${open === 0 ? '' : ` with ${(0,lib_text/* count */.U9)(open, 'login')} to fill in`}`;
    return (0,markdown/* details */.zH)(title, `The output \`people_file\` contains the full addresses.\n\n${(0,markdown/* fenced */.OF)('yaml', shown(text))}`);
}
function draftNotices({ unusable, isHidden }, permission) {
    const texts = [...unusable].map(([source, why]) => unusableText(source, why));
    return isHidden
        ? [
            `The members of the GitHub organization could not be read, so no login is filled in. Reading them requires the permission ${permission}.`,
        ]
        : texts;
}
function openInvitations(read) {
    return 'error' in read ? [] : [...read.received, ...read.sent];
}
function leaverInvitationsText(read) {
    if ('error' in read)
        return `The invitations to and by this person could not be read. ${read.error.message}`;
    const open = openInvitations(read);
    if (open.length === 0)
        return '';
    const names = open.slice(0, 5).map(({ email, role }) => `${email} as ${role}`);
    const more = open.length > 5 ? ` and ${open.length - 5} more` : '';
    return `${(0,lib_text/* count */.U9)(open.length, 'invitation')} to or by this person may still be pending: ${names.join(', ')}${more}. ${withdrawText}`;
}
function leaverInvitationsJson(read) {
    return 'error' in read ? null : openInvitations(read);
}
function leaverInvitationsSection(read, shown) {
    if ('error' in read)
        return `#### ⚠️ Invitations unknown\n\n${(0,markdown/* plain */.pj)(leaverInvitationsText(read), shown)}`;
    const open = openInvitations(read);
    if (open.length === 0)
        return '';
    const rows = open.map((one) => [
        (0,markdown/* code */.aY)(one.email, shown),
        (0,markdown/* plain */.pj)(one.role),
        (0,markdown/* time */.kB)(one.invited_at),
        read.received.includes(one) ? 'to this person' : 'by this person',
    ]);
    const head = ['E-mail', 'Role', 'Invited', 'Why it is listed'];
    return `#### ✉️ ${(0,lib_text/* count */.U9)(open.length, 'invitation')} to withdraw by hand\n\n${withdrawText}\n\n${(0,markdown/* foldedTable */.vd)(head, rows)}`;
}

;// CONCATENATED MODULE: ./build/operations/get-member.js


const getMember = async (inputs, context) => {
    const row = (0,members_member/* findMember */.gz)(await (0,members_member/* readMembers */.mo)(context.neon), inputs);
    if (row)
        return memberResult(row, inputs.show_emails);
    throw new Error(notMemberText(inputs, 'list-invitations'));
};

// EXTERNAL MODULE: ./node_modules/fastest-levenshtein/mod.js
var mod = __webpack_require__(1916);
;// CONCATENATED MODULE: ./build/members/doubt.js


function mayConcern(doubt, known) {
    switch (doubt.code) {
        case 'owner':
            return mayBeOwner(doubt, known);
        case 'unmatched':
            return isSimilarTo(doubt.entry, known);
        case 'same-mailbox':
        case 'other-address':
            return doubt.email === known.email;
        default:
            return true;
    }
}
function mayBeOwner({ owner, isExcluded, mayBeTeam }, known) {
    if (mayBeTeam)
        return true;
    if (owner.kind === 'email')
        return isSimilarTo(owner, known);
    if (known.login === undefined)
        return true;
    return (isExcluded || !known.isNamed) && isSimilarTo(owner, known);
}
function isSimilarTo(owner, { email, login }) {
    if (owner.kind === 'email')
        return isSimilar(owner.email, email);
    if (owner.kind === 'team')
        return false;
    return [(0,lib_email/* localPartOf */.Qb)(email), login].some((name) => name !== undefined && isSimilar(loginOf(owner), name));
}
function loginOf({ login }) {
    return login.replace(/\[bot\]$/, '');
}
const maxTypos = 2;
function isSimilar(a, b) {
    return Math.abs(a.length - b.length) <= maxTypos && (0,mod/* distance */.Io)(a, b) <= maxTypos;
}
function indexDoubts(doubts) {
    const aboutAnyone = doubts.filter((doubt) => scopeOf(doubt) === 'anyone');
    const aboutStrangers = doubts.filter((doubt) => scopeOf(doubt) !== 'similar');
    const toCompare = doubts.filter((doubt) => scopeOf(doubt) !== 'anyone');
    const toCompareForStrangers = doubts.filter((doubt) => scopeOf(doubt) === 'similar');
    return (known) => {
        const isStranger = known.login === undefined;
        const compared = isStranger ? toCompareForStrangers : toCompare;
        return {
            shared: isStranger ? aboutStrangers : aboutAnyone,
            own: compared.filter((doubt) => mayConcern(doubt, known)),
        };
    };
}
function scopeOf(doubt) {
    if (['unmatched', 'same-mailbox', 'other-address'].includes(doubt.code))
        return 'similar';
    if (doubt.code !== 'owner' || doubt.mayBeTeam)
        return 'anyone';
    return doubt.owner.kind === 'email' ? 'similar' : 'stranger';
}
function mailboxesOf(emails) {
    const byLook = new Map(emails.map((email) => [(0,lib_email/* lookOf */.Li)(email), email]));
    return { byLook, uncertain: new Map([...byLook].filter(([look]) => (0,lib_email/* isUncertain */.cp)(look))) };
}
function sameMailbox(email, { byLook, uncertain }) {
    const look = (0,lib_email/* lookOf */.Li)(email);
    const candidates = (0,lib_email/* isUncertain */.cp)(look) ? byLook : uncertain;
    const wanted = byLook.get(look) ?? [...candidates].find(([other]) => (0,lib_email/* mayLookAlike */.bw)(look, other))?.[1];
    return wanted === undefined ? [] : [{ code: 'same-mailbox', email, wanted }];
}

// EXTERNAL MODULE: ./build/members/roles.js
var roles = __webpack_require__(8137);
// EXTERNAL MODULE: ./build/neon/endpoints.js
var endpoints = __webpack_require__(183);
;// CONCATENATED MODULE: ./build/members/person.js



function mergeDesired(desired, defaultRole, hiddenRoles) {
    const groups = Map.groupBy(desired, ({ email }) => (0,lib_email/* addressKey */.IY)(email));
    const notices = [];
    const byEmail = new Map();
    for (const email of [...groups.keys()].sort()) {
        const group = groups.get(email) ?? [];
        const names = group.map(({ login }) => (login === undefined ? email : `@${login}`));
        const name = [...new Set(names)].sort().join(' ');
        const own = group.flatMap(({ role }) => role ?? []);
        const stated = own.length > 0 ? own : group.flatMap(({ teamRoles }) => teamRoles);
        const role = (0,roles/* leastRole */.iJ)(stated) ?? defaultRole;
        const different = (0,roles/* distinctRoles */.og)(stated);
        if (different.length > 1)
            notices.push({ code: 'roles-differ', name, roles: different, role });
        const hidden = own.length > 0 ? [] : hiddenRoles.filter((one) => wouldChange(one, stated, role));
        const [login] = group.flatMap((one) => one.login ?? []);
        byEmail.set(email, {
            email,
            name,
            login,
            role,
            isStated: stated.length > 0,
            hiddenRoles: hidden,
            origins: originsOf(group),
            addressFrom: [...new Set(group.flatMap((one) => one.addressFrom ?? []))],
        });
    }
    return { byEmail, notices };
}
function wouldChange({ role }, stated, current) {
    return !(0,endpoints/* isSameRole */.Jp)((0,roles/* leastRole */.iJ)([...stated, role]) ?? current, current);
}
function originsOf(group) {
    const origins = [];
    for (const origin of group.flatMap((one) => one.origins))
        if (!origins.some(({ owner }) => (0,members_owner/* isSameOwner */.Ie)(owner, origin.owner)))
            origins.push(origin);
    return origins;
}

;// CONCATENATED MODULE: ./build/members/plan.js








const reinviteAfterMs = 24 * 60 * 60 * 1000;
function planPeople(situation, rules) {
    const { byEmail: people, notices } = mergeDesired(situation.desired, rules.defaultRole ?? 'member', situation.hiddenRoles);
    const members = new Map(situation.members.map((row) => [(0,members_member/* emailOf */.Ob)(row), row]));
    const unmatched = unmatchedEntries(people, members, rules);
    const invitations = (0,members_member/* latestInvitations */.kk)(situation.invitations);
    const named = [...people.keys(), ...situation.excluded, ...rules.protectedEmails];
    const mailboxes = mailboxesOf(named.filter((email) => !members.has(email)));
    const emails = new Map(situation.members.map((row) => [row.member.user_id, (0,members_member/* emailOf */.Ob)(row)]));
    const doubtsAbout = doubtsAboutChanges(situation, unmatched, people.size);
    const planning = { situation, rules, people, members, emails, invitations, mailboxes, doubtsAbout };
    const planned = [...people.values()].flatMap((person) => planPerson(person, planning) ?? []);
    if (rules.managesMembers)
        planned.push(...[...situation.members].sort(members_member/* byAddress */.y_).map((row) => planMember(row, planning)));
    const kept = keepAnAdmin(planned, situation.members);
    const kinds = ['invite', 'change-role', 'remove'];
    const changes = kept.filter((one) => 'kind' in one).sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
    return {
        changes,
        skips: kept.filter((one) => 'reason' in one).sort((a, b) => (0,lib_text/* byCodeUnits */.CA)(a.email, b.email)),
        notices: [...notices, ...unmatchedNotices(unmatched), ...pendingAdmins(planning)],
        exceeded: exceededCaps(changes, situation.members.length, rules),
    };
}
const unlimited = { count: Number.POSITIVE_INFINITY };
function planInvitations(invitees, { members, invitations, now }, { role, reinvite }) {
    const desired = invitees.map((invitee) => ({ ...invitee, teamRoles: [], origins: [] }));
    const nothing = { doubts: [], exclusionDoubts: [], hiddenRoles: [], knownLogins: new Map() };
    return planPeople({ desired, excluded: new Set(), ...nothing, members, invitations, now }, {
        defaultRole: role,
        managesMembers: false,
        allowedDomains: [],
        protectedEmails: new Set(),
        excludedEmails: new Set(),
        reinvite,
        maxInvitations: unlimited,
        maxRoleChanges: unlimited,
        maxRemovals: unlimited,
    });
}
function subjectOf({ email, name, origins, addressFrom }) {
    return { email, name, origins, addressFrom };
}
function planPerson(person, planning) {
    const reason = inviteSkipReason(person, planning);
    if (reason)
        return { ...subjectOf(person), reason };
    if (planning.members.has(person.email))
        return undefined;
    return { kind: 'invite', ...subjectOf(person), role: person.role };
}
function inviteSkipReason(person, planning) {
    const { members, invitations, situation, rules } = planning;
    const { email } = person;
    const member = members.get(email);
    if (member)
        return rules.managesMembers ? undefined : memberSkipReason(member);
    if (situation.excluded.has(email))
        return { code: 'excluded' };
    if (!isAllowed(email, rules))
        return { code: 'domain', domain: (0,lib_email/* domainOf */.Ow)(email) };
    const invitation = invitations.get(email);
    if (invitation && !(rules.reinvite && isOld(invitation, situation.now)))
        return { code: 'invited', invitedAt: invitation.invited_at, reinvite: rules.reinvite };
    return withheld('invite', person, planning) ?? roleInDoubt(person);
}
function roleInDoubt({ hiddenRoles }) {
    return hiddenRoles.length > 0 ? { code: 'role-in-doubt', teams: hiddenRoles } : undefined;
}
function withheld(kind, known, { doubtsAbout }, more = []) {
    const { shared, own } = doubtsAbout[kind](known);
    const doubts = { shared, own: [...own, ...more] };
    return shared.length + doubts.own.length > 0 ? { code: 'withheld', kind, doubts } : undefined;
}
function isOld({ invited_at }, now) {
    return now - Date.parse(invited_at) >= reinviteAfterMs;
}
function isAllowed(email, { allowedDomains }) {
    return allowedDomains.length === 0 || allowedDomains.includes((0,lib_email/* domainOf */.Ow)(email));
}
function memberSkipReason({ member, user }, isRoleUnstated) {
    if (user.deactivated_at === undefined)
        return { code: 'member', role: member.role, isRoleUnstated };
    return { code: 'deactivated', since: user.deactivated_at };
}
function planMember(row, planning) {
    const email = (0,members_member/* emailOf */.Ob)(row);
    const person = planning.people.get(email);
    const subject = person ? subjectOf(person) : { email, name: email, origins: [] };
    const reason = person ? roleSkipReason(row, person, planning) : removalSkipReason(row, planning);
    if (reason)
        return { ...subject, reason };
    const { id: memberId, user_id: userId, role } = row.member;
    if (person)
        return { kind: 'change-role', ...subject, memberId, from: role, to: person.role };
    return { kind: 'remove', ...subject, memberId, userId, role, arrival: (0,members_member/* arrivalOf */.zq)(row, planning) };
}
function roleSkipReason(row, person, planning) {
    const { rules } = planning;
    const { member, user } = row;
    const isUnstated = !person.isStated && rules.defaultRole === undefined;
    if (isUnstated && person.hiddenRoles.length === 0)
        return memberSkipReason(row, true);
    if ((0,endpoints/* isSameRole */.Jp)(person.role, member.role))
        return memberSkipReason(row);
    const reason = protectionReason(row, { kind: 'change-role', to: person.role }, planning);
    if (reason)
        return reason;
    if (user.deactivated_at !== undefined)
        return memberSkipReason(row);
    if (!isAllowed(person.email, rules))
        return { code: 'domain', domain: (0,lib_email/* domainOf */.Ow)(person.email) };
    const reasonToWait = withheld('change-role', person, planning) ?? roleInDoubt(person);
    return reasonToWait ?? (isUnstated ? memberSkipReason(row) : undefined);
}
function removalSkipReason(row, planning) {
    const { situation, rules, mailboxes } = planning;
    const email = (0,members_member/* emailOf */.Ob)(row);
    const wanted = { kind: 'remove' };
    const reason = protectionReason(row, wanted, planning);
    if (reason)
        return reason;
    if (isNever(rules.maxRemovals))
        return { code: 'not-listed', role: row.member.role, arrival: (0,members_member/* arrivalOf */.zq)(row, planning) };
    if ((0,lib_email/* parseEmail */.wj)(row.user.email) === undefined)
        return { code: 'unreadable-address', wanted };
    const known = { email, ...situation.knownLogins.get(email) };
    return withheld('remove', known, planning, sameMailbox(email, mailboxes));
}
function doubtsAboutChanges({ doubts, exclusionDoubts }, unmatched, wantedCount) {
    const excluding = unmatched.filter(({ list }) => list === 'exclude');
    const noOne = wantedCount === 0 ? [{ code: 'no-one-named' }] : [];
    return {
        invite: indexDoubts([...exclusionDoubts, ...excluding]),
        'change-role': indexDoubts([...exclusionDoubts, ...unmatched]),
        remove: indexDoubts([...doubts, ...exclusionDoubts, ...unmatched, ...noOne]),
    };
}
function protectionReason(row, wanted, { situation, rules }) {
    const { member } = row;
    const email = (0,members_member/* emailOf */.Ob)(row);
    if (situation.excluded.has(email))
        return { code: 'excluded' };
    if (!(0,roles/* parseRole */.gP)(member.role))
        return { code: 'unknown-role', role: member.role, wanted };
    if (member.user_id === situation.self)
        return { code: 'self', wanted };
    return rules.protectedEmails.has(email) ? { code: 'protected', wanted } : undefined;
}
function keepAnAdmin(planned, members) {
    const isActive = new Map(members.map(({ member, user }) => [member.id, user.deactivated_at === undefined]));
    const changes = planned.filter((one) => 'kind' in one);
    const demotions = changes.filter((change) => change.kind === 'change-role' && change.from === 'admin');
    const removals = changes.filter((change) => change.kind === 'remove' && change.role === 'admin');
    const leaving = [...demotions, ...removals].filter((change) => change.kind !== 'invite');
    const left = new Set(leaving.map(({ memberId }) => memberId));
    const stays = members.some(({ member }) => member.role === 'admin' && isActive.get(member.id) && !left.has(member.id));
    const kept = leaving.find(({ memberId }) => isActive.get(memberId)) ?? leaving[0];
    if (stays || !kept)
        return [...planned];
    const { email, name, origins } = kept;
    return planned.map((one) => (one === kept ? { email, name, origins, reason: { code: 'last-admin' } } : one));
}
function unmatchedEntries(people, members, rules) {
    const lists = { exclude: rules.excludedEmails, protected_emails: rules.protectedEmails };
    return ['exclude', 'protected_emails'].flatMap((list) => [...lists[list]]
        .filter((email) => !members.has(email) && !people.has(email))
        .sort(lib_text/* byCodeUnits */.CA)
        .map((email) => ({ code: 'unmatched', entry: { kind: 'email', email }, list })));
}
function unmatchedNotices(unmatched) {
    const groups = Map.groupBy(unmatched, ({ list }) => list);
    return [...groups].map(([list, all]) => ({
        code: 'unmatched',
        list,
        names: all.map(({ entry }) => (0,members_owner/* ownerName */.Hc)(entry)),
    }));
}
function pendingAdmins({ people, members, invitations, situation }) {
    return [...invitations].flatMap(([email, { role, invited_at: invitedAt }]) => {
        const wanted = people.get(email)?.role;
        const isPending = role === 'admin' && !members.has(email) && !situation.excluded.has(email);
        return isPending && wanted !== 'admin' ? [{ code: 'pending-admin', email, invitedAt, wanted }] : [];
    });
}

;// CONCATENATED MODULE: ./build/members/render-log.js







function announce(sync, { on_unresolved }, trust, to) {
    const { sources, identities, plan, stops } = sync;
    to.info(sourceText(sources, 'text'));
    const number = (kind) => plan.changes.filter((change) => change.kind === kind).length;
    to.info(`Plan: ${(0,lib_text/* count */.U9)(number('invite'), 'invitation')}, ${(0,lib_text/* count */.U9)(number('change-role'), 'role change')}, ${(0,lib_text/* count */.U9)(number('remove'), 'removal')}; ${plan.skips.length} skipped, ${identities.unresolved.length} without an address.`);
    const notices = noticesOf(sync);
    if (notices.length > 0)
        to.notice((0,lib_text/* someOf */.yU)(notices, 5).join('\n'));
    for (const code of ['unowned', 'no-people-file']) {
        const texts = sources.notices.filter((notice) => notice.code === code).map(sourceNoticeText);
        if (texts.length > 0)
            to.warning((0,lib_text/* someOf */.yU)(texts, 5).join('\n'));
    }
    warnOfWithheld(sync, to);
    warnOfPendingAdmins(sync, to);
    warnOfInvalidLines(sync, to);
    if (on_unresolved === 'warn')
        warnOfUnresolved(sync, to);
    if (!trust.apply && stops.length > 0)
        to.warning(stopsText({ stops, trust }));
}
function noticesOf({ sources, identities, plan, keyOwner, managesMembers }) {
    const quiet = sources.notices.filter(({ code }) => code === 'not-checked' || code === 'no-merge-result');
    const hidden = identities.hiddenRoles.map(({ team }) => (0,members_owner/* ownerName */.Hc)(team));
    return [
        ...quiet.map(sourceNoticeText),
        ...[...identities.unusable].map(([source, why]) => unusableText(source, why)),
        ...(hidden.length > 0
            ? [
                `The members of ${hidden.join(', ')} in \`teams\` could not be read, so people whose role may depend on them are neither invited nor changed. Check the names and the permissions of the token.`,
            ]
            : []),
        ...(identities.idle.length > 0
            ? [
                `${(0,lib_text/* someOf */.yU)(identities.idle, 5).join(', ')} in \`people\` of the people file ${identities.idle.length === 1 ? 'is' : 'are'} not named in CODEOWNERS, in a team or in \`include\`. Check the spelling, or remove the entry once the member is removed.`,
            ]
            : []),
        ...identities.exclusionDoubts.filter(({ code }) => code === 'owner').map(releaseText),
        ...plan.notices.filter(({ code }) => code !== 'pending-admin').map(planNoticeText),
        ...(managesMembers ? keyOwnerNotice(keyOwner) : []),
    ];
}
function keyOwnerNotice(keyOwner) {
    const never = 'The admin whose key applies this plan is never changed, but this plan cannot show who that is.';
    if (keyOwner.code === 'unknown')
        return [`\`api_key\` is not a personal API key. ${never}`];
    if (keyOwner.code !== 'other')
        return [];
    const { user } = keyOwner.row;
    return [
        `\`api_key\` belongs to ${user.email}, who is not an admin. ${never} List both members in \`protected_emails\`.`,
    ];
}
function warnOfWithheld({ plan }, to) {
    const withheld = withheldRemovals(plan).length;
    if (withheld === 0)
        return;
    const what = `${(0,lib_text/* count */.U9)(withheld, 'removal')} withheld: the member may be one of the unresolved names.`;
    to.warning(`${what}\n${(0,lib_text/* someOf */.yU)(releasesOf(plan), 5).join('\n')}`);
}
function warnOfPendingAdmins({ plan }, to) {
    const pending = plan.notices.filter(({ code }) => code === 'pending-admin').map(planNoticeText);
    if (pending.length > 0)
        to.warning((0,lib_text/* someOf */.yU)(pending, 5).join('\n'));
}
function warnOfInvalidLines({ sources: { codeowners } }, to) {
    const byFile = [...Map.groupBy(codeowners.invalid, ({ file }) => file)].map(([file, invalid]) => {
        const lines = (0,lib_text/* count */.U9)(invalidLinesOf({ invalid }).length, 'invalid line');
        const texts = invalid.map((line) => `line ${line.line}: ${(0,lib_text/* oneLine */.TN)(invalidLineText(line))}`);
        return `${fileName(file)} has ${lines}.\n${(0,lib_text/* someOf */.yU)(texts, 5).join('\n')}`;
    });
    if (byFile.length > 0)
        to.warning((0,lib_text/* someOf */.yU)(byFile, 5).join('\n'));
}
function warnOfUnresolved({ identities }, to) {
    const open = identities.unresolved.filter(({ why }) => why.code !== 'bot');
    if (open.length === 0)
        return;
    const texts = open.map(({ owner, why }) => `${(0,members_owner/* ownerName */.Hc)(owner)}: ${noAddressText(why)}`);
    to.warning(`${(0,lib_text/* count */.U9)(open.length, 'owner')} without an address.\n${(0,lib_text/* someOf */.yU)(texts, 5).join('\n')}`);
}
function skipLine({ email, reason }) {
    return `${email}: ${skipText(reason)}`;
}
const verbs = {
    invite: ['Invited', 'invite'],
    'change-role': ['Changed the role of', 'change the role of'],
    remove: ['Removed', 'remove'],
};
function outcomeText(outcome) {
    const { change } = outcome;
    const [past, infinitive] = verbs[change.kind];
    const who = change.name === change.email ? change.email : `${change.name} (${change.email})`;
    const as = change.kind === 'invite' ? ` as ${change.role}` : change.kind === 'change-role' ? ` to ${change.to}` : '';
    if (outcome.outcome === 'done')
        return `${past} ${who}${as}.`;
    if (outcome.outcome === 'already')
        return `${who} is no longer a member.`;
    const reason = (0,lib_text/* oneLine */.TN)(outcomeReasonText(outcome.reason));
    return outcome.outcome === 'unknown'
        ? `It is unknown whether the request to ${infinitive} ${who}${as} was carried out. ${reason}`
        : `Did not ${infinitive} ${who}${as}. ${reason}`;
}

// EXTERNAL MODULE: ./build/github/run.js + 1 modules
var github_run = __webpack_require__(6894);
// EXTERNAL MODULE: ./build/runner/comment.js + 1 modules
var comment = __webpack_require__(7142);
// EXTERNAL MODULE: ./build/runner/mode.js
var runner_mode = __webpack_require__(6412);
// EXTERNAL MODULE: ./build/neon/errors.js
var neon_errors = __webpack_require__(666);
// EXTERNAL MODULE: ./build/neon/retry.js
var retry = __webpack_require__(9267);
;// CONCATENATED MODULE: ./build/members/apply.js





const batchSize = 100;
const apply_retry = { attempts: 5, longestWaitMs: 60_000 };
const maxLookups = 4;
async function applyChanges(changes, before, effects) {
    const outcomes = [];
    const context = {
        ...effects,
        before: new Set(before.map(({ id }) => id)),
        record: (change, result) => {
            const outcome = { change, ...result };
            outcomes.push(outcome);
            effects.onOutcome(outcome);
        },
    };
    const invites = changes.filter((change) => change.kind === 'invite');
    for (let start = 0; start < invites.length; start += batchSize)
        await inviteAll(invites.slice(start, start + batchSize), context);
    for (const change of changes)
        if (change.kind === 'change-role')
            await changeOne(change, context);
    for (const change of changes)
        if (change.kind === 'remove')
            await changeOne(change, context);
    return outcomes;
}
function recordIfHalted(changes, context) {
    if (context.cancelled.aborted)
        context.halted ??= { code: 'cancelled' };
    if (context.halted !== undefined)
        recordAll(changes, { outcome: 'not-started', reason: context.halted }, context);
    return context.halted !== undefined;
}
function recordAll(changes, result, context) {
    for (const change of changes)
        context.record(change, result);
}
async function inviteAll(invites, context) {
    let open = [...invites];
    for (let round = 1; open.length > 0 && !recordIfHalted(open, context); round += 1) {
        let created = [];
        const error = await attempt(context, async () => {
            created = await context.neon.createOrganizationInvitations(open.map(({ email, role }) => ({ email, role })));
        });
        if (error === undefined)
            return apply_confirm(open, created, context);
        if (error !== 'cancelled')
            open = await afterFailure(open, error, round, context);
    }
}
async function apply_confirm(open, created, context) {
    const missing = recordSent(open, created, [], context);
    if (missing.length === 0)
        return;
    const left = await findSent(missing, undefined, maxLookups, context);
    recordAll(left, { outcome: 'unknown', reason: { code: 'not-confirmed' } }, context);
}
function recordSent(open, created, members, context) {
    const invitations = new Map(created.map((invitation) => [(0,lib_email/* addressKey */.IY)(invitation.email), invitation]));
    const joined = new Map(members.map(({ member, user }) => [(0,lib_email/* addressKey */.IY)(user.email), member]));
    return open.filter((invite) => {
        const invitation = invitations.get(invite.email);
        const sent = invitation ?? joined.get(invite.email);
        if (!sent)
            return true;
        const { role } = sent;
        if ((0,endpoints/* isSameRole */.Jp)(role, invite.role))
            context.record(invite, { outcome: 'done', invitation });
        else
            context.record(invite, { outcome: 'failed', reason: { code: 'other-role', role } });
        return false;
    });
}
async function afterFailure(open, error, round, context) {
    const { kind } = error.facts;
    if (kind === 'refused') {
        await splitRefusedBatch(open, error, context);
        return [];
    }
    const wait = kind === 'unknown' ? undefined : (0,retry/* waitBeforeRetry */.jy)(error.facts, round, context.random(), apply_retry);
    if (wait !== undefined)
        await attempt(context, () => context.clock.sleep(wait, context.cancelled));
    const missing = error.wasNeverSent ? open : await findSent(open, error, maxLookups, context);
    if (wait !== undefined || missing.length === 0)
        return missing;
    context.halted ??= { code: 'error', error };
    recordAll(missing, { outcome: error.wasNeverSent ? 'failed' : 'unknown', reason: { code: 'error', error } }, context);
    return [];
}
async function splitRefusedBatch(open, error, context) {
    const reason = { code: 'error', error };
    if (isForbidden(error))
        context.halted = reason;
    if (open.length === 1 || isForbidden(error))
        return recordAll(open, { outcome: 'failed', reason }, context);
    const missing = await findSent(open, error, 1, context);
    const half = Math.ceil(missing.length / 2);
    await inviteAll(missing.slice(0, half), context);
    await inviteAll(missing.slice(half), context);
}
async function findSent(open, lost, lookups, context) {
    let missing = open;
    for (let lookup = 1; lookup <= lookups && missing.length > 0; lookup += 1) {
        if (lookup > 1)
            await attempt(context, () => context.clock.sleep(1000 * 2 ** (lookup - 2), context.cancelled));
        const error = await attempt(context, async () => {
            const all = await context.neon.getOrganizationInvitations();
            const created = all.filter(({ id }) => !context.before.has(id));
            missing = recordSent(missing, created, [], context);
            if (missing.length > 0)
                missing = recordSent(missing, [], await context.neon.getOrganizationMembers(), context);
        });
        if (error === undefined)
            continue;
        const reason = lookupFailed(lost, error);
        context.halted ??= error === 'cancelled' ? { code: 'cancelled' } : reason;
        recordAll(missing, { outcome: 'unknown', reason }, context);
        return [];
    }
    return missing;
}
function lookupFailed(lost, lookup) {
    return lost ? { code: 'lookup-failed', error: lost, lookup } : { code: 'not-confirmed' };
}
async function changeOne(change, context) {
    if (recordIfHalted([change], context) || (await recordIfLastAdmin(change, context)))
        return;
    const error = await attempt(context, () => change.kind === 'remove'
        ? context.neon.removeOrganizationMember(change.memberId)
        : context.neon.updateOrganizationMember(change.memberId, change.to));
    if (error === undefined)
        return context.record(change, { outcome: 'done' });
    if (error === 'cancelled')
        return void recordIfHalted([change], context);
    const reason = { code: 'error', error };
    if (isForbidden(error) && error.facts.status !== 404)
        context.halted = reason;
    if (error.facts.kind === 'refused')
        return afterRefusal(change, error, context);
    context.halted ??= reason;
    const state = error.wasNeverSent ? 'unchanged' : await stateOf(change, context);
    if (state === 'changed')
        context.record(change, { outcome: 'done' });
    else
        context.record(change, { outcome: state === 'unchanged' ? 'failed' : 'unknown', reason });
}
async function afterRefusal(change, error, context) {
    const isMissing = change.kind === 'remove' && error.facts.status === 404;
    const state = isMissing ? await stateOf(change, context) : 'unchanged';
    if (state !== 'changed') {
        const code = isMissing && state === 'unchanged' ? 'still-listed' : 'error';
        return context.record(change, { outcome: 'failed', reason: { code, error } });
    }
    context.record(change, error.facts.maybeDone ? { outcome: 'done' } : { outcome: 'already' });
}
async function stateOf(change, context) {
    let role;
    const error = await attempt(context, async () => {
        role = (await context.neon.getOrganizationMember(change.memberId)).role;
    });
    if (error === undefined)
        return change.kind === 'change-role' && (0,endpoints/* isSameRole */.Jp)(role ?? '', change.to) ? 'changed' : 'unchanged';
    const isMissing = error !== 'cancelled' && error.facts.kind === 'refused' && error.facts.status === 404;
    return isMissing && change.kind === 'remove' ? stateInList(change, context) : 'unknown';
}
async function stateInList({ memberId }, context) {
    let rows = [];
    const error = await attempt(context, async () => {
        rows = await context.neon.getOrganizationMembers();
    });
    if (error !== undefined || rows.length === 0)
        return 'unknown';
    return rows.some(({ member }) => member.id === memberId) ? 'unchanged' : 'changed';
}
async function recordIfLastAdmin(change, context) {
    if ((change.kind === 'remove' ? change.role : change.from) !== 'admin')
        return false;
    let isLast = true;
    const error = await attempt(context, async () => {
        isLast = !(0,members_member/* hasOtherAdmin */.Wp)(await context.neon.getOrganizationMembers(), change.memberId);
    });
    if (error === 'cancelled')
        return recordIfHalted([change], context);
    if (error !== undefined)
        context.record(change, { outcome: 'failed', reason: { code: 'admins-unknown', error } });
    else if (isLast)
        context.record(change, { outcome: 'failed', reason: { code: 'last-admin' } });
    return isLast;
}
function isForbidden({ facts }) {
    return facts.kind === 'refused' && [401, 403, 404].includes(facts.status ?? 0);
}
async function attempt(context, work) {
    try {
        await work();
        return undefined;
    }
    catch (error) {
        if (error instanceof neon_errors/* NeonError */.T)
            return error;
        if (context.cancelled.aborted)
            return 'cancelled';
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/github/identities.js


const accountsPerQuery = 100;
async function findAccounts(github, organization, logins, sources) {
    const accounts = { found: new Map(), unusable: new Map() };
    for (let start = 0; start < logins.length; start += accountsPerQuery) {
        const batch = logins.slice(start, start + accountsPerQuery);
        for (;;) {
            const usable = sources.filter((source) => !accounts.unusable.has(source));
            const response = await fetchBatch(github, organization, batch, usable);
            const refused = noteRefusals(response, accounts.unusable);
            if (refused)
                continue;
            if (!response.data)
                throw noData();
            readBatch(batch, response, usable, accounts);
            break;
        }
    }
    return accounts;
}
async function fetchBatch(github, organization, logins, sources) {
    const variables = Object.fromEntries(logins.map((login, i) => [`l${i}`, login]));
    try {
        const options = { ...variables, organization, request: { needs: membersPermission } };
        const data = (await github.graphql(queryFor(logins.length, sources), options));
        if (typeof data !== 'object')
            throw noData();
        return { data, errors: [] };
    }
    catch (error) {
        const { name, data, errors } = error;
        if (name === 'GraphqlResponseError' && data && errors)
            return { data, errors };
        throw error;
    }
}
function noData() {
    return new Error("GitHub's GraphQL API returned no data. Run this job again.");
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
function noteRefusals({ errors }, unusable) {
    let refused = false;
    for (const { type, path = [], message } of errors) {
        const source = sourceAt(path);
        const isMissing = type === 'NOT_FOUND' && path.length === 1 && /^u\d+$/.test(String(path[0]));
        if (isMissing)
            continue;
        if (source === undefined || !isSourceRefusal(type))
            throw new Error(`GitHub's GraphQL API returned ${type ?? 'an error'}: "${message}". Run this job again.`);
        refused ||= !unusable.has(source);
        unusable.set(source, { code: 'refused', message });
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
function isSourceRefusal(type) {
    return type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES' || type === 'NOT_FOUND';
}
function readBatch(batch, { data }, sources, accounts) {
    const provider = data['organization']
        ?.samlIdentityProvider;
    if (sources.includes('saml') && !provider) {
        accounts.unusable.set('saml', { code: 'no-provider' });
    }
    for (const [i, login] of batch.entries()) {
        const user = data[`u${i}`];
        if (user === undefined)
            throw new Error(`GitHub's GraphQL API did not return the account ${login}. Run this job again.`);
        if (user === null)
            continue;
        if (!Number.isSafeInteger(user.databaseId))
            throw lacking('the numeric ID', login);
        const usable = sources.filter((source) => !accounts.unusable.has(source));
        accounts.found.set(login, {
            id: user.databaseId,
            addresses: addressesOf(login, user, provider?.[`i${i}`], usable),
        });
    }
}
function addressesOf(login, user, identities, sources) {
    const read = {
        saml: () => samlAddresses(login, identities),
        'verified-domain': () => verifiedAddresses(login, user),
        profile: () => profileAddresses(login, user),
    };
    const found = sources.map((source) => [source, read[source]()]);
    return Object.fromEntries(found.filter(([, emails]) => emails.length > 0));
}
function samlAddresses(login, identities) {
    if (!Array.isArray(identities?.nodes))
        throw lacking('the SAML identity', login);
    const own = identities.nodes.find((identity) => identity?.user?.login.toLowerCase() === login);
    const { nameId, emails } = own?.samlIdentity ?? {};
    return emails?.length ? emails.map(({ value }) => value) : nameId ? [nameId] : [];
}
function verifiedAddresses(login, { organizationVerifiedDomainEmails: emails }) {
    if (!Array.isArray(emails))
        throw lacking('the addresses in verified domains', login);
    return emails.filter((email) => typeof email === 'string');
}
function profileAddresses(login, { email }) {
    if (typeof email !== 'string')
        throw lacking('the public address', login);
    return email === '' ? [] : [email];
}
function lacking(what, login) {
    return new Error(`GitHub's GraphQL API did not return ${what} of the account ${login}. Run this job again.`);
}
async function findApps(github, names) {
    const apps = new Set();
    for (const name of names) {
        try {
            const { data } = await github.request('GET /users/{username}', { username: `${name}[bot]` });
            if (data?.type === 'Bot')
                apps.add(name);
        }
        catch (error) {
            if (!(error instanceof errors/* GitHubError */.y_))
                throw error;
        }
    }
    return apps;
}

;// CONCATENATED MODULE: ./build/members/address-book.js

const identitySources = (/* unused pure expression or super */ null && (['people-file', 'saml', 'verified-domain', 'profile']));
function indexPeople({ people }) {
    const all = [...people].map(([login, person]) => ({ ...person, login }));
    return {
        byEmail: new Map(all.map((person) => [person.email, person])),
        byId: new Map(all.flatMap((person) => (person.githubId === undefined ? [] : [[person.githubId, person]]))),
    };
}
function addressSources(sources) {
    return sources.filter((source) => source !== 'people-file');
}
function findAddress(login, teamId, book) {
    const account = book.accounts.get(login);
    const id = teamId ?? account?.id;
    const listed = book.people.people.get(login);
    if (listed?.githubId !== undefined && listed.githubId !== id)
        return { why: { code: 'other-account', pinnedId: listed.githubId, id }, id };
    const person = listed ?? (id === undefined ? undefined : book.listed.byId.get(id));
    const isSettled = person !== undefined && book.sources.includes('people-file');
    const found = isSettled ? { email: person.email, addressFrom: ['people-file'] } : agreedAddress(account, book);
    if ('why' in found)
        return { ...found, id };
    return { ...found, role: person?.role ?? book.listed.byEmail.get(found.email)?.role };
}
function agreedAddress(account, book) {
    const consulted = addressSources(book.sources);
    if (consulted.length === 0)
        return { why: { code: 'not-listed' } };
    if (book.unusable.length > 0)
        return { why: { code: 'source-unusable', sources: [...book.unusable] } };
    if (!account)
        return { why: { code: 'no-account' } };
    const isInDomains = (email) => book.allowedDomains.includes((0,lib_email/* domainOf */.Ow)(email));
    const found = consulted.flatMap((source) => {
        const emails = usable(account.addresses[source]).filter((email) => source !== 'profile' || isInDomains(email));
        return emails.length > 0 ? [{ source, emails }] : [];
    });
    const [first, ...others] = found;
    if (!first)
        return { why: { code: 'no-address' } };
    const common = others.reduce((left, { emails }) => left.filter((email) => emails.includes(email)), first.emails);
    const inside = common.length > 1 ? common.filter(isInDomains) : common;
    const [email] = inside;
    if (email !== undefined && inside.length === 1)
        return { email, addressFrom: found.map(({ source }) => source) };
    return { why: { code: common.length === 0 ? 'sources-disagree' : 'several-addresses', found } };
}
function allAddresses(login, { people, accounts }) {
    const addresses = Object.values(accounts.get(login)?.addresses ?? {}).flatMap(usable);
    const listed = people.people.get(login);
    return listed ? [listed.email, ...addresses] : addresses;
}
function usable(addresses = []) {
    const emails = addresses.flatMap((address) => (0,lib_email/* parseEmail */.wj)(address) ?? []).filter((email) => !(0,lib_email/* isNoreply */.i$)(email));
    return [...new Set(emails)].sort();
}

;// CONCATENATED MODULE: ./build/members/roster.js

function teamsToRead(named) {
    const owners = [...named.owners.map(({ owner }) => owner), ...named.exclude];
    const teams = [...owners.filter(members_owner/* isTeam */.IJ), ...rolesOfTeams(named.people).map(({ team }) => team)];
    return new Map(teams.map((team) => [(0,members_owner/* teamPath */.fk)(team), team]));
}
function rolesOfTeams({ teams }) {
    return [...teams].map(([path, role]) => {
        const [org = '', slug = ''] = path.split('/');
        return { team: { kind: 'team', org, slug }, role };
    });
}
function rosterOf(named, teams) {
    const roster = { teams, wanted: new Map(), excluded: new Map(), addresses: [] };
    const membersOf = (path) => teams.get(path)?.members ?? [];
    const excludedTeams = new Set(named.exclude.filter(members_owner/* isTeam */.IJ).map(members_owner/* teamPath */.fk));
    for (const { login } of named.exclude.filter(members_owner/* isUser */.QY))
        add(roster.excluded, { login });
    for (const member of [...excludedTeams].flatMap(membersOf))
        add(roster.excluded, member);
    for (const origin of named.owners) {
        const { owner } = origin;
        if (owner.kind === 'email')
            roster.addresses.push({ email: owner.email, origins: [origin] });
        else
            for (const seen of accountsOf(owner, excludedTeams, membersOf))
                addWanted(roster, seen, origin);
    }
    for (const { team, role } of rolesOfTeams(named.people))
        for (const { login } of membersOf((0,members_owner/* teamPath */.fk)(team)))
            roster.wanted.get(login)?.teamRoles.push(role);
    return roster;
}
function accountsOf(owner, excludedTeams, membersOf) {
    if (owner.kind === 'user')
        return [{ login: owner.login }];
    return excludedTeams.has((0,members_owner/* teamPath */.fk)(owner)) ? [] : membersOf((0,members_owner/* teamPath */.fk)(owner));
}
function addWanted({ wanted, excluded }, seen, origin) {
    if (!excluded.has(seen.login))
        add(wanted, seen).origins.push(origin);
}
function add(accounts, { login, id, isBot = (0,members_owner/* isBotLogin */.DU)(login) }) {
    const known = accounts.get(login) ?? { login, isBot: false, teamRoles: [], origins: [] };
    const account = { ...known, id: id ?? known.id, isBot: known.isBot || isBot || login.endsWith('[bot]') };
    accounts.set(login, account);
    return account;
}

;// CONCATENATED MODULE: ./build/members/resolve.js






function resolveIdentities(named, roster, accounts, allowedDomains) {
    const { people, sources } = named;
    const { teams } = roster;
    const { found, unusable } = accounts;
    const book = {
        people,
        listed: indexPeople(people),
        accounts: found,
        sources,
        unusable: [...unusable.keys()],
        allowedDomains,
    };
    const resolutions = [
        ...[...roster.wanted.values()].map((account) => resolveAccount(account, named, book)),
        ...roster.addresses.map((address) => resolveAddress(address, roster, book)),
        ...resolveTeams(named, teams),
        ...resolveUnknown(named, roster),
    ];
    const exclusions = unknownExclusions(named, teams);
    const excludedAccounts = [...roster.excluded.values()].map((account) => resolveExcluded(account, named, accounts, book));
    const excludedAddresses = named.exclude.flatMap((owner) => (owner.kind === 'email' ? owner.email : []));
    return {
        desired: resolutions.flatMap(({ desired }) => desired ?? []),
        unresolved: resolutions
            .flatMap(({ unresolved }) => unresolved ?? [])
            .sort((a, b) => (0,lib_text/* byCodeUnits */.CA)((0,members_owner/* ownerName */.Hc)(a.owner), (0,members_owner/* ownerName */.Hc)(b.owner))),
        excluded: new Set([...excludedAddresses, ...excludedAccounts.flatMap(({ addresses }) => addresses)]),
        doubts: [
            ...[...unusable].map(([source, why]) => ({ code: 'source', source, why })),
            ...resolutions.flatMap(({ doubt }) => doubt ?? []),
            ...resolutions.flatMap((resolution) => resolution.otherAddresses ?? []),
            ...invalidLinesOf(named).map((line) => ({ code: 'invalid-line', line })),
        ],
        exclusionDoubts: [...exclusions.map(exclusionDoubt), ...excludedAccounts.flatMap(({ doubt }) => doubt ?? [])],
        hiddenRoles: rolesOfTeams(people).filter(({ team }) => teams.get((0,members_owner/* teamPath */.fk)(team))?.state !== 'read'),
        unknownExclusions: exclusions,
        unusable,
        knownLogins: knownLogins(named, roster, found),
        idle: unnamedLogins(named, roster),
    };
}
function exclusionDoubt({ team, why }) {
    return { code: 'team', team, why: { code: why === 'hidden' ? 'team-hidden' : 'team-empty' } };
}
function resolveExcluded(account, named, accounts, book) {
    const addresses = allAddresses(account.login, book);
    const current = findAddress(account.login, account.id, book);
    if ('email' in current)
        addresses.push(current.email);
    const why = missingReason(account, addresses.length > 0, accounts, book);
    const owner = { kind: 'user', login: account.login };
    return { addresses, doubt: why && { ...doubtAbout(owner, why, named), isExcluded: true } };
}
function missingReason({ login, id, isBot }, hasAddress, { found, apps }, { people, unusable }) {
    if (isBot || apps.has(login))
        return undefined;
    if (hasAddress && (people.people.has(login) || unusable.length === 0))
        return undefined;
    if (hasAddress)
        return { code: 'source-unusable', sources: [...unusable] };
    return { code: id !== undefined || found.has(login) ? 'no-address' : 'no-account' };
}
function resolveAccount({ login, id, isBot, teamRoles, origins }, named, book) {
    const owner = { kind: 'user', login };
    const found = findAddress(login, id, book);
    const others = otherAddresses(owner, found, book);
    if ('email' in found)
        return { desired: { ...found, login, teamRoles, origins }, otherAddresses: others };
    if (isBot)
        return { unresolved: { owner, why: { code: 'bot' }, origins }, otherAddresses: others };
    return {
        unresolved: { owner, why: found.why, id: found.id, origins },
        doubt: doubtAbout(owner, found.why, named),
        otherAddresses: others,
    };
}
function otherAddresses(owner, found, book) {
    if ('email' in found && found.addressFrom.includes('people-file'))
        return [];
    const others = allAddresses(owner.login, book).filter((email) => !('email' in found) || email !== found.email);
    return [...new Set(others)].map((email) => ({ code: 'other-address', email, owner }));
}
function doubtAbout(owner, why, { organizations }) {
    const isAccount = why.code === 'no-address' || why.code === 'source-unusable';
    const mayBeTeam = !isAccount && organizations.some((name) => owner.login.startsWith((0,lib_email/* lowerCase */.gQ)(name)));
    return { code: 'owner', owner, why, isExcluded: false, mayBeTeam };
}
function resolveAddress({ email, origins }, { wanted }, { listed: { byEmail } }) {
    if ((0,lib_email/* isNoreply */.i$)(email)) {
        const owner = { kind: 'email', email };
        const why = { code: 'noreply' };
        return { unresolved: { owner, why, origins }, doubt: { code: 'owner', owner, why, isExcluded: false } };
    }
    const listed = byEmail.get(email);
    const teamRoles = listed ? (wanted.get(listed.login)?.teamRoles ?? []) : [];
    return { desired: { email, role: listed?.role, login: listed?.login, teamRoles, origins } };
}
function resolveTeams(named, teams) {
    const excluded = new Set(named.exclude.filter(members_owner/* isTeam */.IJ).map(members_owner/* teamPath */.fk));
    return named.owners.flatMap((origin) => {
        const { owner } = origin;
        if (!(0,members_owner/* isTeam */.IJ)(owner) || excluded.has((0,members_owner/* teamPath */.fk)(owner)))
            return [];
        const state = teams.get((0,members_owner/* teamPath */.fk)(owner))?.state ?? 'hidden';
        if (state === 'read')
            return [];
        const why = { code: state === 'hidden' ? 'team-hidden' : 'team-empty' };
        return [{ unresolved: { owner, why, origins: [origin] }, doubt: { code: 'team', team: owner, why } }];
    });
}
function resolveUnknown(named, roster) {
    const excluded = new Set(named.exclude.map(members_owner/* ownerName */.Hc));
    return named.unknown
        .filter(({ owner }) => !excluded.has((0,members_owner/* ownerName */.Hc)(owner)))
        .map(({ owner, places, suggestion }) => {
        const why = { code: 'unknown-owner', suggestion };
        return {
            unresolved: { owner, why, origins: [{ owner, places }] },
            doubt: unknownDoubt(owner, why, named, roster),
        };
    });
}
function unknownDoubt(owner, why, named, { wanted, excluded }) {
    if (owner.kind === 'team')
        return { code: 'team', team: owner, why };
    if (owner.kind === 'email')
        return { code: 'owner', owner, why, isExcluded: false };
    const { login } = owner;
    const isKnown = wanted.has(login) || excluded.has(login) || named.people.people.has(login) || (0,members_owner/* isBotLogin */.DU)(login);
    return isKnown ? undefined : doubtAbout(owner, why, named);
}
function unknownExclusions({ exclude }, teams) {
    return exclude.filter(members_owner/* isTeam */.IJ).flatMap((team) => {
        const state = teams.get((0,members_owner/* teamPath */.fk)(team))?.state ?? 'hidden';
        if (state === 'read')
            return [];
        const others = [...teams].filter(([path, read]) => path.startsWith(`${team.org}/`) && read.state === 'read');
        return [{ team, why: state, canSeeOthers: others.length > 0 }];
    });
}
function unnamedLogins({ people: { people }, unknown }, { wanted, excluded, addresses }) {
    const unknownNames = new Set(unknown.map(({ owner }) => (0,members_owner/* ownerName */.Hc)(owner)));
    const named = new Set(addresses.map(({ email }) => email));
    return [...people].flatMap(([login, { email }]) => {
        const isNamed = wanted.has(login) || excluded.has(login) || unknownNames.has(`@${login}`) || named.has(email);
        return isNamed ? [] : [login];
    });
}
function knownLogins(named, { wanted, excluded }, found) {
    const unknown = new Set(named.unknown.map(({ owner }) => (0,members_owner/* ownerName */.Hc)(owner)));
    const known = new Map();
    for (const [login, { email, githubId }] of named.people.people) {
        if (wanted.has(login) || excluded.has(login))
            continue;
        const account = found.get(login);
        const isNamed = unknown.has(`@${login}`);
        if (isNamed || githubId !== undefined || account)
            known.set(email, { login, isNamed });
    }
    return known;
}

;// CONCATENATED MODULE: ./build/members/identify.js







async function identify(options, sources, github) {
    const named = namedIn(sources, options);
    const special = new Set([...named.exclude.filter(members_owner/* isTeam */.IJ).map(members_owner/* teamPath */.fk), ...named.people.teams.keys()]);
    const isDecisive = (team) => options.managesMembers || special.has(team);
    const roster = rosterOf(named, await readTeams(github, teamsToRead(named).keys(), isDecisive));
    const logins = loginsToLookUp(named, roster, options.mayRemove);
    const accounts = await findAccounts(github, sources.at.owner, logins, addressSources(named.sources));
    const apps = await findApps(github, possibleApps(named, roster, accounts.found));
    return resolveIdentities(named, roster, { ...accounts, apps }, options.allowedDomains);
}
function namedIn({ codeowners, people }, { exclude, identitySources }) {
    const included = people.include.map((owner) => ({ owner, places: [] }));
    return {
        owners: [...codeowners.owners, ...included],
        unknown: codeowners.unknown,
        invalid: codeowners.invalid,
        exclude: [...exclude, ...people.exclude],
        people,
        sources: identitySources,
        organizations: [...new Set(codeowners.files.map(({ owner }) => (0,lib_email/* lowerCase */.gQ)(owner)))],
    };
}
function loginsToLookUp(named, { wanted, excluded }, mayRemove) {
    const { people, sources } = named;
    const isListed = (login) => people.people.has(login) && sources.includes('people-file');
    const hasPins = [...people.people.values()].some(({ githubId }) => githubId !== undefined);
    const hasSources = addressSources(sources).length > 0;
    const toLookUp = [...wanted.values()].filter(({ login, id, isBot }) => {
        const listed = people.people.get(login);
        const isPinned = listed ? listed.githubId !== undefined : hasPins;
        return !isBot && ((isPinned && id === undefined) || (!isListed(login) && hasSources));
    });
    const excludedToLookUp = [...excluded.values()].filter(({ login, isBot, id }) => !isBot && (hasSources || (id === undefined && !people.people.has(login))));
    const idle = mayRemove ? idleLogins(named, wanted, excluded) : [];
    return [...new Set([...toLookUp, ...excludedToLookUp].map(({ login }) => login).concat(idle))].sort();
}
function idleLogins({ people }, wanted, excluded) {
    return [...people.people]
        .filter(([login, { githubId }]) => githubId === undefined && !wanted.has(login) && !excluded.has(login))
        .map(([login]) => login);
}
function possibleApps({ people }, { excluded }, found) {
    return [...excluded.values()]
        .filter(({ login, id, isBot }) => !isBot && id === undefined && !found.has(login) && !people.people.has(login))
        .map(({ login }) => login);
}

// EXTERNAL MODULE: ./build/lib/did-you-mean.js
var did_you_mean = __webpack_require__(2769);
;// CONCATENATED MODULE: ./build/members/people-file.js




const noPeopleFile = { people: new Map(), teams: new Map(), exclude: [], include: [] };
class PeopleFileError extends Error {
    name = 'PeopleFileError';
}
const maxPeopleFileLength = 256 * 1024;
async function parsePeopleFile(text, file) {
    const report = (line, message) => `${file}:${line}: ${message}`;
    if (text.length > maxPeopleFileLength)
        throw new PeopleFileError(report(1, 'the file is larger than 256 kB'));
    const problems = new Map();
    const reader = new Reader(await readYaml(text), (line, message) => {
        problems.set(line, (problems.get(line) ?? new Set()).add(message));
    });
    const read = reader.readFile();
    if (problems.size === 0)
        return read;
    const lines = [...problems].sort(([a], [b]) => a - b);
    throw new PeopleFileError(lines.flatMap(([line, all]) => [...all].map((message) => report(line, message))).join('\n'));
}
async function readYaml(text) {
    const { parseDocument, LineCounter, isMap, isSeq, isScalar } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    const lines = new LineCounter();
    const kinds = { isMap, isSeq, isScalar };
    const options = { schema: 'failsafe', uniqueKeys: false, lineCounter: lines, prettyErrors: false };
    const document = parseDocument(text, options);
    const errors = [...document.errors, ...document.warnings].map(({ pos: [at], message }) => ({
        line: lines.linePos(at).line || 1,
        message: message.split(' ').map(lib_email/* maskInvalid */.oH).join(' '),
    }));
    return { contents: document.contents, lines, errors, ...kinds };
}
class Reader {
    yaml;
    report;
    constructor(yaml, report) {
        this.yaml = yaml;
        this.report = report;
        for (const { line, message } of yaml.errors)
            report(line, message);
    }
    readFile() {
        const people = new Map();
        const teams = new Map();
        const exclude = [];
        const include = [];
        if (this.yaml.contents === null)
            return noPeopleFile;
        const sections = {
            people: (node) => this.readPeople(node, people),
            teams: (node) => this.readTeams(node, teams),
            exclude: (node) => exclude.push(...this.readEntries(node, 'exclude')),
            include: (node) => include.push(...this.readEntries(node, 'include')),
        };
        this.readKeys(this.yaml.contents, 'the file', sections);
        this.checkNotExcluded(include, exclude);
        return { people, teams, exclude, include };
    }
    readPeople(node, people) {
        const logins = new Map();
        for (const [key, value] of this.entries(node, '`people`') ?? []) {
            const name = this.parsed(key, parseUser, 'is not a GitHub login');
            const person = this.readPerson(value ?? key);
            if (!name || !person)
                continue;
            this.checkUnique(key, name.login, person.email, logins);
            if (person.githubId !== undefined)
                this.checkUnique(key, name.login, person.githubId, logins);
            people.set(name.login, person);
        }
    }
    checkUnique(key, login, value, logins) {
        const other = logins.get(value);
        const what = typeof value === 'string' ? 'address' : '`github_id`';
        if (other !== undefined)
            this.at(key, `\`${login}\` has the same ${what} as \`${other}\``);
        logins.set(value, login);
    }
    readPerson(node) {
        if (!this.yaml.isMap(node)) {
            const email = this.email(node);
            return email === undefined ? undefined : { email };
        }
        const person = {};
        const seen = this.readKeys(node, 'a person', {
            email: (value) => put(person, 'email', this.email(value)),
            role: (value) => put(person, 'role', this.role(value)),
            github_id: (value) => put(person, 'githubId', this.parsed(value, parseId, 'is not the numeric ID of an account')),
        });
        if (!seen?.has('email'))
            this.at(node, '`email` is missing');
        const { email } = person;
        return email === undefined ? undefined : { ...person, email };
    }
    readTeams(node, teams) {
        for (const [key, value] of this.entries(node, '`teams`') ?? []) {
            const name = this.parsed(key, parseTeam, 'is not a team such as `acme/platform`');
            const team = {};
            const seen = this.readKeys(value ?? key, 'a team', { role: (role) => put(team, 'role', this.teamRole(role)) });
            if (seen && !seen.has('role'))
                this.at(key, '`role` is missing');
            if (name && team.role)
                teams.set((0,members_owner/* teamPath */.fk)(name), team.role);
        }
    }
    readEntries(node, section) {
        if (this.isEmpty(node))
            return [];
        this.checkPlain(node);
        if (!this.yaml.isSeq(node)) {
            this.at(node, `\`${section}\` must be a list`);
            return [];
        }
        const seen = new Set();
        return node.items.flatMap((item) => {
            const owner = this.parsed(item, members_owner/* parseEntry */.ER, 'is not a login, `org/team` or an e-mail address');
            if (!owner)
                return [];
            if (seen.has((0,members_owner/* ownerName */.Hc)(owner)))
                this.reportAt(item, `is listed twice in \`${section}\``);
            seen.add((0,members_owner/* ownerName */.Hc)(owner));
            return [owner];
        });
    }
    checkNotExcluded(include, exclude) {
        const excluded = new Set(exclude.map(members_owner/* ownerName */.Hc));
        for (const name of include.map(members_owner/* ownerName */.Hc))
            if (excluded.has(name))
                this.at(this.yaml.contents, `\`${name}\` is both in \`include\` and in \`exclude\``);
    }
    email(node) {
        const email = this.parsed(node, lib_email/* parseEmail */.wj, 'is not an e-mail address');
        if (email !== undefined && (0,lib_email/* isNoreply */.i$)(email))
            this.at(node, 'a noreply address receives no mail');
        return email;
    }
    role(node) {
        return this.parsed(node, roles/* parseRole */.gP, (text) => `is not a role${(0,did_you_mean.didYouMean)(text, roles/* roles */.Ot)}: ${roles/* roles */.Ot.join(', ')}`);
    }
    teamRole(node) {
        const role = this.role(node);
        if (role === 'admin')
            this.at(node, '`admin` cannot be the role of a team; assign it per person in `people`');
        return role;
    }
    parsed(node, parse, complaint) {
        const text = this.text(node);
        const value = text === undefined ? undefined : parse(text);
        if (text !== undefined && value === undefined)
            this.reportAt(node, typeof complaint === 'string' ? complaint : complaint(text));
        return value;
    }
    readKeys(node, what, readers) {
        const entries = this.entries(node, what);
        const names = Object.keys(readers);
        for (const [key, value] of entries ?? []) {
            const name = String(key.value);
            if (Object.hasOwn(readers, name))
                readers[name]?.(value);
            else
                this.reportAt(key, `is not a key of ${what}${(0,did_you_mean.didYouMean)(name, names)}: ${names.join(', ')}`);
        }
        return entries && new Set(entries.map(([key]) => String(key.value)));
    }
    entries(node, what) {
        if (this.isEmpty(node))
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
                this.reportAt(key, 'is listed twice');
            seen.add(name);
            return [[key, value]];
        });
    }
    text(node) {
        this.checkPlain(node);
        if (this.yaml.isScalar(node))
            return String(node.value ?? '');
        if (node !== null && !this.isAlias(node))
            this.at(node, 'must be text');
        return undefined;
    }
    checkPlain(node) {
        const { anchor, tag, source } = (node ?? {});
        if (node && this.isAlias(node))
            this.at(node, `the alias \`*${source ?? ''}\` is not supported; repeat the value`);
        if (anchor)
            this.at(node, `the anchor \`&${anchor}\` is not supported; repeat the value`);
        if (tag)
            this.at(node, `the tag \`${tag}\` is not supported; remove it`);
    }
    isAlias(node) {
        return !(this.yaml.isScalar(node) || this.yaml.isMap(node) || this.yaml.isSeq(node));
    }
    isEmpty(node) {
        return node === null || (this.yaml.isScalar(node) && (node.value === null || node.value === '') && !node.tag);
    }
    reportAt(node, message) {
        const text = this.yaml.isScalar(node) ? (0,lib_email/* maskInvalid */.oH)(String(node.value ?? '').slice(0, 80)) : '';
        this.at(node, `\`${text}\` ${message}`);
    }
    at(node, message) {
        const offset = node?.range?.[0] ?? 0;
        this.report(this.yaml.lines.linePos(offset).line || 1, message);
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



const defaultPeopleFile = '.github/neon-people.yml';
const withoutFile = 'none';
async function readSources(options, from, github) {
    const { codeowners_path: path, people_file: peopleFile } = options;
    const { serverUrl } = from;
    const { at, where, notices } = await snapshotFor(from, github);
    const owners = await readCodeowners({ at, others: otherRepositories(options, from), path, serverUrl }, github);
    const people = await readPeople(peopleFile, from, github, at);
    if (people === undefined && peopleFile !== withoutFile)
        notices.push({ code: 'no-people-file', path: peopleFile });
    const peoplePath = people === undefined ? undefined : peopleFile;
    notices.push(...owners.flatMap((one) => ownersNotices(one, peoplePath)));
    const codeowners = uniteOwners(owners);
    return { at, serverUrl, from: where, peoplePath, codeowners, people: people ?? noPeopleFile, notices };
}
function otherRepositories({ repositories = [] }, { repository: { owner, repo } }) {
    if (repositories === '*')
        throw new Error('`repositories: *` is for `sweep-keys` only.');
    const byName = new Map(repositories.map((name) => [name.toLowerCase(), name]));
    byName.delete(`${owner}/${repo}`.toLowerCase());
    return [...byName.values()];
}
function ownersNotices({ file, isChecked, isOwned }, peoplePath) {
    const needOwners = file.isOwn && peoplePath !== undefined ? [file.path, peoplePath] : [file.path];
    const paths = needOwners.filter((path) => !isOwned(path));
    const notices = isChecked ? [] : [{ code: 'not-checked', file }];
    return paths.length > 0 ? [...notices, { code: 'unowned', file, paths }] : notices;
}
async function snapshotFor(from, github) {
    const { repository, event, isApplied } = from;
    const notices = [];
    const pull = isApplied ? undefined : openPull(event);
    if (pull) {
        const { number: pullNumber } = pull;
        const merged = await mergeResult(github, repository, pullNumber);
        if (!merged)
            notices.push({ code: 'no-merge-result', pullNumber });
        const at = merged ?? (await commit(github, repository, pull.headSha));
        return { at, where: { pullNumber, isMerged: merged !== undefined }, notices };
    }
    const { branch, fullName: _fullName, ...at } = await defaultBranch(github, repository);
    return { at, where: { branch }, notices };
}
function openPull({ name, payload: { pull_request: pull, action } }) {
    if (name !== 'pull_request' || action === 'closed')
        return undefined;
    const { number, head } = pull ?? {};
    return head?.sha && number !== undefined ? { headSha: head.sha, number } : undefined;
}
async function readPeople(path, { managesMembers }, github, at) {
    if (path === withoutFile)
        return undefined;
    const text = await readFile(github, at, path);
    const orNone = 'If you do not want a people file, set `people_file: none`.';
    if (text === undefined) {
        const isOptional = path === defaultPeopleFile && !managesMembers;
        if (isOptional && !(await hasHistory(github, at, path)))
            return undefined;
        throw new Error(`There is no ${path} at commit ${at.sha}. Without it, roles and exclusions are unknown. ${orNone}`);
    }
    const people = await parsePeopleFile(text, path);
    const isEmpty = people.people.size + people.teams.size + people.exclude.length + people.include.length === 0;
    if (isEmpty)
        throw new Error(`${path} at commit ${at.sha} has no entries. ${orNone}`);
    return people;
}

;// CONCATENATED MODULE: ./build/members/sync.js





const never = { count: 0 };
async function planSync(options, from, { github, neon }) {
    const { managesMembers, isApplied } = from;
    const sources = await readSources(options, from, github);
    const identities = await identify(identifyOptions(options, managesMembers), sources, github);
    const members = await (0,members_member/* readMembers */.mo)(neon);
    const invitations = await neon.getOrganizationInvitations();
    const keyOwner = await (0,members_member/* readKeyOwner */.$A)(neon, members, !isApplied);
    const self = keyOwner.code === 'admin' ? keyOwner.userId : undefined;
    const now = neon.now();
    const rules = rulesOf(options, sources, managesMembers);
    const plan = planPeople({ ...identities, members, invitations, self, now }, rules);
    return {
        sources,
        identities,
        plan,
        stops: stopsOf(options, identities, plan),
        keyOwner,
        managesMembers,
        invitations,
    };
}
function identifyOptions(options, managesMembers) {
    return {
        identitySources: options.identity_sources,
        allowedDomains: options.allowed_domains ?? [],
        exclude: options.exclude ?? [],
        managesMembers,
        mayRemove: managesMembers && !isNever(options.max_removals ?? never),
    };
}
function rulesOf(options, { people }, managesMembers) {
    const excluded = [...(options.exclude ?? []), ...people.exclude];
    return {
        defaultRole: options.role,
        managesMembers,
        allowedDomains: options.allowed_domains ?? [],
        protectedEmails: new Set(options.protected_emails),
        excludedEmails: new Set(excluded.flatMap((owner) => (owner.kind === 'email' ? owner.email : []))),
        reinvite: options.reinvite,
        maxInvitations: options.max_invitations,
        maxRoleChanges: options.max_role_changes ?? never,
        maxRemovals: options.max_removals ?? never,
    };
}
function stopsOf({ on_unresolved }, identities, plan) {
    const stops = plan.exceeded.map((exceeded) => ({ code: 'cap', exceeded }));
    for (const exclusion of identities.unknownExclusions)
        stops.push({ code: 'unknown-exclusion', exclusion });
    if (on_unresolved !== 'fail')
        return stops;
    const unresolvedCount = identities.doubts.filter(({ code }) => code === 'owner' || code === 'team').length;
    const withheldCount = withheldRemovals(plan).length;
    if (unresolvedCount > 0)
        stops.push({ code: 'unresolved', unresolvedCount });
    else if (withheldCount > 0)
        stops.push({ code: 'withheld', withheldCount });
    return stops;
}

;// CONCATENATED MODULE: ./build/members/steps.js









function decideForPeople(mode, namedIn, { event, info }) {
    const trigger = event();
    const trust = (0,runner_mode/* decideMode */.ap)(mode, trigger);
    const isChosen = mode === 'auto' && trust.apply && namedIn === 'inputs' && (0,runner_mode/* hasChosenTexts */.f_)(trigger);
    const decided = isChosen ? { mode, event: trigger.name, apply: false, reason: 'chosen-by-event' } : trust;
    info((0,render_mode/* decision */.x)(decided));
    return decided;
}
function applyWithLog(changes, before, context) {
    return applyChanges(changes, before, { ...context, onOutcome: (outcome) => context.info(outcomeText(outcome)) });
}
async function runSync(options, managesMembers, context) {
    const trust = decideForPeople(options.mode, 'files', context);
    const run = context.workflowRun();
    const repository = (0,github_run/* repositoryOf */._M)(run);
    const from = {
        repository,
        serverUrl: (0,github_run/* serverUrlOf */.Gh)(run),
        event: context.event(),
        isApplied: trust.apply,
        managesMembers,
    };
    const readers = { github: await context.github(), neon: (0,endpoints/* readOnly */.Tu)(context.neon) };
    const sync = await planSync(options, from, readers);
    announce(sync, options, trust, context);
    const { plan, stops, invitations } = sync;
    const mayApply = trust.apply && stops.length === 0;
    const outcomes = mayApply ? await applyWithLog(plan.changes, invitations, context) : [];
    const report = { plan, outcomes, trust, showEmails: options.show_emails, stops, managesMembers, sync };
    if (options.comment)
        await (0,comment/* commentOnPullRequest */.r)(options, peopleComment(report), context);
    return peopleResult(report);
}

;// CONCATENATED MODULE: ./build/operations/invite.js







const invite = async (inputs, context) => {
    const { emails: invitees = [], role, reinvite, show_emails: showEmails } = inputs;
    const trust = decideForPeople(inputs.mode, 'inputs', context);
    const neon = (0,endpoints/* readOnly */.Tu)(context.neon);
    const members = await (0,members_member/* readMembers */.mo)(neon);
    const invitations = await neon.getOrganizationInvitations();
    const plan = planInvitations(invitees, { members, invitations, now: neon.now() }, { role, reinvite });
    for (const skip of plan.skips)
        context.info(skipLine(skip));
    const outcomes = trust.apply ? await applyWithLog(changesToApply(plan), invitations, context) : [];
    const result = peopleResult({ plan, outcomes, trust, showEmails, stops: [], managesMembers: false });
    const created = outcomes.flatMap((one) => (one.outcome === 'done' ? (one.invitation ?? []) : []));
    return { ...result, json: { ...result.json, invitations: created } };
};

;// CONCATENATED MODULE: ./build/operations/list-invitations.js



const listInvitations = async ({ show_emails }, context) => {
    const all = await context.neon.getOrganizationInvitations();
    const members = new Set((await (0,members_member/* readMembers */.mo)(context.neon)).map(({ user }) => (0,lib_email/* addressKey */.IY)(user.email)));
    const invitations = all
        .map((invitation) => ({ ...invitation, accepted: members.has((0,lib_email/* addressKey */.IY)(invitation.email)) }))
        .sort((a, b) => b.invited_at.localeCompare(a.invited_at));
    context.info(foundInvitationsText(invitations));
    return invitationsResult(invitations, show_emails);
};

;// CONCATENATED MODULE: ./build/members/people-draft.js








async function readKnownAccounts(github, organization, sources) {
    try {
        const members = await listOrganizationMembers(github, organization);
        const logins = members.filter(({ isBot }) => !isBot).map(({ login }) => login);
        const { found, unusable } = await findAccounts(github, organization, [...new Set(logins)].sort(), sources);
        return { accounts: found, unusable, isHidden: false };
    }
    catch (error) {
        if ((0,errors/* cannotSee */.Nq)(error))
            return { accounts: new Map(), unusable: new Map(), isHidden: true };
        throw error;
    }
}
function draftPeople(members, accounts) {
    const byAddress = accountsByAddress(accounts);
    const lines = members.map((row) => {
        const email = (0,members_member/* emailOf */.Ob)(row);
        const [account, ...others] = byAddress.get(email) ?? [];
        const role = (0,roles/* parseRole */.gP)(row.member.role);
        return { email, role, account: others.length === 0 ? account : undefined, problem: problemOf(row) };
    });
    lines.sort((a, b) => (0,lib_text/* byCodeUnits */.CA)(a.email, b.email));
    const seen = new Map(Map.groupBy(lines, ({ account }) => account?.login));
    return lines.map((line, index) => ({
        ...line,
        account: (seen.get(line.account?.login)?.length ?? 0) > 1 ? undefined : line.account,
        problem: lines[index - 1]?.email === line.email ? 'duplicate' : line.problem,
    }));
}
function problemOf({ user }) {
    const email = (0,lib_email/* parseEmail */.wj)(user.email);
    if (email === undefined)
        return 'address';
    return (0,lib_email/* isNoreply */.i$)(email) ? 'noreply' : undefined;
}
function accountsByAddress(accounts) {
    const byAddress = new Map();
    for (const [login, { id, addresses }] of accounts) {
        if ((0,members_owner/* parseName */.$q)(login)?.kind !== 'user')
            continue;
        const lists = Object.values(addresses).map((some) => some.flatMap((address) => (0,lib_email/* parseEmail */.wj)(address) ?? []));
        const agreed = lists.reduce((left, right) => left.filter((email) => right.includes(email)), lists[0] ?? []);
        for (const email of new Set(agreed))
            byAddress.set(email, [...(byAddress.get(email) ?? []), { login, id }]);
    }
    return byAddress;
}

;// CONCATENATED MODULE: ./build/operations/list-members.js








const listMembers = async (inputs, context) => {
    const members = await (0,members_member/* readMembers */.mo)(context.neon);
    context.info(foundMembersText(members));
    const result = membersResult(members, inputs.show_emails);
    const known = await knownAccounts(addressSources(inputs.identity_sources), context);
    for (const text of draftNotices(known, membersPermission))
        context.warning(text);
    const lines = draftPeople(members, known.accounts);
    const text = peopleFileText(lines, inputs.org_id);
    if (text.length > maxPeopleFileLength) {
        context.warning(draftTooLargeText);
        return result;
    }
    const section = draftSection(text, lines, (0,lib_email/* shownWith */.ou)(inputs.show_emails));
    const outputs = { ...result.outputs, people_file: text };
    return { ...result, outputs, summary: `${result.summary}\n${section}\n` };
};
async function knownAccounts(sources, { github, workflowRun }) {
    if (sources.length === 0)
        return { accounts: new Map(), unusable: new Map(), isHidden: false };
    return readKnownAccounts(await github(), (0,github_run/* repositoryOf */._M)(workflowRun()).owner, sources);
}

// EXTERNAL MODULE: ./build/keys/creator.js
var creator = __webpack_require__(7309);
// EXTERNAL MODULE: ./build/keys/render-keys.js
var render_keys = __webpack_require__(2638);
;// CONCATENATED MODULE: ./build/operations/remove-member.js







const removeMember = async (inputs, context) => {
    const trust = decideForPeople(inputs.mode, 'inputs', context);
    const run = context.workflowRun();
    const neon = (0,endpoints/* readOnly */.Tu)(context.neon);
    const found = await (0,members_member/* lookUpMember */.xw)(inputs, neon, !trust.apply);
    if (!('row' in found)) {
        context.warning(noMemberText(inputs, found.invitation));
        return noMemberResult(found.invitation);
    }
    const { row, rows, guard } = found;
    if (guard)
        throw new Error(guardText(row.user.email, guard));
    const change = (0,members_member/* removalOf */.c6)(row);
    const before = await (0,creator/* readKeysOf */.a)(row.member.user_id, neon);
    const invitations = await (0,members_member/* readInvitationsOf */.mZ)(row, rows, neon);
    const [outcome] = trust.apply ? await applyWithLog([change], [], context) : [];
    const after = outcome ? await (0,creator/* readKeysOf */.a)(row.member.user_id, neon, before) : before;
    for (const text of [(0,render_keys/* incompleteText */.QW)(after), leaverInvitationsText(invitations)])
        if (text)
            context.warning(text);
    if ('keys' in after)
        context.info((0,render_keys/* leaverKeysText */.dO)(after.keys));
    const shown = (0,lib_email/* shownWith */.ou)(inputs.show_emails);
    const result = changeResult(row, change, outcome, trust, inputs.show_emails);
    const sections = [(0,render_keys/* leaverKeysSection */.z5)(after, run, shown), leaverInvitationsSection(invitations, shown)].filter(Boolean);
    return {
        ...result,
        json: {
            ...result.json,
            keys: 'keys' in after ? after.keys.map(endpoints/* toNeonJson */.YC) : null,
            invitations: leaverInvitationsJson(invitations),
        },
        summary: `${result.summary}\n${sections.join('\n\n')}\n`,
    };
};

;// CONCATENATED MODULE: ./build/operations/sync-invitations.js

const syncInvitations = (inputs, context) => runSync(inputs, false, context);

;// CONCATENATED MODULE: ./build/operations/sync-members.js

const syncMembers = (inputs, context) => runSync(inputs, true, context);

;// CONCATENATED MODULE: ./build/operations/update-member.js




const updateMember = async (inputs, context) => {
    const trust = decideForPeople(inputs.mode, 'inputs', context);
    const found = await (0,members_member/* lookUpMember */.xw)(inputs, (0,endpoints/* readOnly */.Tu)(context.neon), !trust.apply);
    if (!('row' in found))
        throw new Error(notMemberText(inputs, 'list-members'));
    const { row, guard } = found;
    const { role = row.member.role, show_emails } = inputs;
    const change = (0,members_member/* roleChangeOf */.sJ)(row, role);
    if (!change) {
        context.info(sameRoleText(row));
        return memberResult(row, show_emails);
    }
    if (guard)
        throw new Error(guardText(row.user.email, guard));
    const [outcome] = trust.apply ? await applyWithLog([change], [], context) : [];
    return changeResult(row, change, outcome, trust, show_emails);
};

;// CONCATENATED MODULE: ./build/operations/member-operations.js










/***/ }),

/***/ 7142:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ commentOnPullRequest)
});

// EXTERNAL MODULE: ./build/github/errors.js
var errors = __webpack_require__(7307);
;// CONCATENATED MODULE: ./build/github/comments.js

const commentPermission = '"Pull requests: write" (in a workflow `permissions: pull-requests: write`)';
const request = { needs: commentPermission };
async function writeComment(github, { marker, ...place }, body, otherwise) {
    const existing = await findComment(github, place, marker);
    if (!existing && body === undefined)
        return 'none';
    const text = `${marker}\n${body ?? otherwise}`;
    if (existing?.body === text)
        return 'unchanged';
    const { owner, repo, number: issue_number } = place;
    if (existing) {
        const parameters = { owner, repo, comment_id: existing.id, body: text, request };
        await github.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', parameters);
        return 'updated';
    }
    const parameters = { owner, repo, issue_number, body: text, request: { ...request, retries: 0 } };
    await github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters);
    return 'created';
}
const commentsQuery = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) {
        nodes { fullDatabaseId body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;
async function findComment(github, place, marker) {
    const cursors = new Set();
    for (let after;;) {
        const { nodes, pageInfo } = await readComments(github, place, after);
        if (!Array.isArray(nodes) || typeof pageInfo?.hasNextPage !== 'boolean')
            throw incomplete(place);
        const found = nodes.find((row) => row?.viewerDidAuthor === true && hasMarker(row, marker));
        if (found)
            return toOwnComment(found);
        if (nodes.some((row) => isUnclear(row, marker)))
            throw incomplete(place);
        if (!pageInfo.hasNextPage)
            return undefined;
        const { endCursor } = pageInfo;
        if (typeof endCursor !== 'string' || cursors.has(endCursor))
            throw incomplete(place);
        cursors.add(endCursor);
        after = endCursor;
    }
}
function isUnclear(row, marker) {
    if (row === null)
        return false;
    if (typeof row.body !== 'string')
        return row.viewerDidAuthor !== false;
    return hasMarker(row, marker) && typeof row.viewerDidAuthor !== 'boolean';
}
function hasMarker(row, marker) {
    return `${textOf(row)}\n`.startsWith(`${marker}\n`);
}
function textOf({ body }) {
    return typeof body === 'string' ? body.replaceAll('\r\n', '\n') : '';
}
function incomplete({ number }) {
    return new Error(`GitHub returned incomplete data about the comments of pull request #${number}. Run this job again.`);
}
async function readComments(github, place, after) {
    try {
        const response = await github.graphql(commentsQuery, { ...place, after, request });
        return response?.repository?.pullRequest?.comments ?? {};
    }
    catch (error) {
        if (error.name !== 'GraphqlResponseError')
            throw error;
        throw refusal(error);
    }
}
function refusal(error) {
    const reasons = (error.errors ?? []).map(({ message }) => `"${message}"`);
    const hint = `The token in \`github_token\` requires the permission ${commentPermission}.`;
    return new errors/* GitHubError */.y_({
        method: 'POST',
        route: '/graphql',
        status: 200,
        reason: reasons.join(' and ') || 'and an error without a message',
        hint,
    }, error);
}
function toOwnComment(row) {
    const { fullDatabaseId } = row;
    const id = /^\d+$/.test(String(fullDatabaseId)) ? Number(fullDatabaseId) : Number.NaN;
    if (!Number.isSafeInteger(id))
        throw new Error('GitHub returned a comment without its ID. Run this job again.');
    return { id, body: textOf(row) };
}

// EXTERNAL MODULE: ./build/github/event.js
var github_event = __webpack_require__(6830);
// EXTERNAL MODULE: ./build/github/run.js + 1 modules
var github_run = __webpack_require__(6894);
// EXTERNAL MODULE: ./build/runner/markdown.js
var markdown = __webpack_require__(1134);
;// CONCATENATED MODULE: ./build/runner/comment.js




async function commentOnPullRequest({ operation, org_id }, { body, nothingToSay }, context) {
    const event = context.event();
    const number = event.name === 'pull_request' ? (0,github_event/* pullRequestOf */._)(event) : undefined;
    if (number === undefined)
        return context.info('`comment` has no effect, because this run was not triggered by `pull_request`.');
    const run = context.workflowRun();
    const place = { ...(0,github_run/* repositoryOf */._M)(run), number, marker: `<!-- neon-org-action:${operation}:${org_id} -->` };
    const from = `[${operation}](${run.runsUrl}/${run.runId}), organization \`${org_id}\`\n`;
    const text = body === undefined ? undefined : (0,markdown/* fitComment */.pI)(context.forPublic(body), `\n${from}`);
    try {
        const outcome = await writeComment(await context.github(), place, text, `${nothingToSay}\n\n${from}`);
        context.info(commentOutcomeText(outcome, number));
    }
    catch (error) {
        if (!context.cancelled.aborted)
            context.warning(`The comment on pull request #${number} could not be written. ${error.message}`);
    }
}
function commentOutcomeText(outcome, number) {
    switch (outcome) {
        case 'created':
            return `Wrote a comment on pull request #${number}.`;
        case 'updated':
            return `Updated the comment on pull request #${number}.`;
        case 'unchanged':
            return `The comment on pull request #${number} is up to date.`;
        case 'none':
            return `There is nothing to report on pull request #${number}, so no comment was written.`;
    }
}


/***/ }),

/***/ 4323:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ planNote),
/* harmony export */   x: () => (/* binding */ decision)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1134);

function decision(trust) {
    return `${trust.apply ? 'Applying changes.' : 'Plan only.'} ${reasonText(trust)}`;
}
function planNote(trust) {
    return trust.apply ? '' : `This is a plan, so nothing was changed. ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(reasonText(trust))}`;
}
function reasonText({ mode, event, reason }) {
    switch (reason) {
        case 'mode-input':
            return `\`mode\` is \`${mode}\`.`;
        case 'schedule':
            return 'A schedule runs on the default branch.';
        case 'push':
            return 'This is a push to the default branch.';
        case 'started-on-default-branch':
            return `The event is \`${event}\` on the default branch.`;
        case 'pull-request-merged':
            return 'A pull request was merged into the default branch.';
        case 'no-event':
            return 'This is not running in GitHub Actions, so there is no event.';
        case 'other-event':
            return `\`mode: auto\` does not apply changes on the event \`${event}\`.`;
        case 'chosen-by-event':
            return `The step names people or roles, which the person who triggered \`${event}\` may have chosen.`;
        case 'other-branch':
            return `The event is \`${event}\` on a branch other than the default branch.`;
        case 'branch-deleted':
            return 'This push deleted the branch.';
        case 'fork':
            return 'This is a push to a fork.';
        case 'pull-request-open':
            return 'The pull request is not merged yet.';
        case 'pull-request-not-merged':
            return 'The pull request was closed without being merged.';
        case 'pull-request-into-other-branch':
            return 'The pull request was merged into a branch other than the default branch.';
    }
}


/***/ })

};
