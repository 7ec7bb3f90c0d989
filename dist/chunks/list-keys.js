export const id = 636;
export const ids = [636];
export const modules = {

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

/***/ 2636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listKeys: () => (/* binding */ listKeys)
/* harmony export */ });
/* harmony import */ var _keys_creator_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7309);
/* harmony import */ var _keys_name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4518);
/* harmony import */ var _keys_render_keys_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2638);
/* harmony import */ var _lib_email_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3520);
/* harmony import */ var _members_member_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7320);





const listKeys = async ({ key_name, created_by, show_emails }, context) => {
    const run = context.workflowRun();
    const all = await context.neon.listOrgApiKeys();
    const named = key_name === undefined ? all : all.filter(({ name }) => (0,_keys_name_js__WEBPACK_IMPORTED_MODULE_1__/* .matchesKeyName */ .yN)(name, key_name, run));
    const keys = created_by === undefined ? named : (await createdBy(created_by, named, context)).keys;
    keys.sort((a, b) => b.created_at.localeCompare(a.created_at));
    const isFiltered = key_name !== undefined || created_by !== undefined;
    context.info((0,_keys_render_keys_js__WEBPACK_IMPORTED_MODULE_2__/* .foundKeysText */ .kL)(all, isFiltered ? keys : undefined));
    return (0,_keys_render_keys_js__WEBPACK_IMPORTED_MODULE_2__/* .keysResult */ .uO)(keys, run, (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_3__/* .shownWith */ .ou)(show_emails));
};
async function createdBy(creator, keys, { neon, warning }) {
    const { userId, isMember } = await (0,_members_member_js__WEBPACK_IMPORTED_MODULE_4__/* .userIdOf */ .w)(creator, neon);
    const created = (0,_keys_creator_js__WEBPACK_IMPORTED_MODULE_0__/* .keysCreatedBy */ .q)(keys, userId, new Set());
    const incomplete = (0,_keys_render_keys_js__WEBPACK_IMPORTED_MODULE_2__/* .incompleteText */ .QW)(created);
    if (incomplete)
        warning(incomplete);
    if (!isMember && created.keys.length === 0)
        warning((0,_keys_render_keys_js__WEBPACK_IMPORTED_MODULE_2__/* .noKeysText */ .vF)(creator));
    return created;
}


/***/ })

};
