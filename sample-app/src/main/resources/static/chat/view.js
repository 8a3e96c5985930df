const MOST_MESSAGES = 500;
const TONES = 6;

export const $ = (id) => document.getElementById(id);

export function element(tag, className, text) {
	const created = document.createElement(tag);
	created.className = className ?? "";
	created.textContent = text ?? "";
	return created;
}

function tone(name) {
	let sum = 0;
	for (const character of name) {
		sum = (sum * 31 + character.codePointAt(0)) % 9973;
	}
	return `tone-${sum % TONES}`;
}

function avatar(name) {
	const created = element("span", `avatar ${tone(name)}`, [...name][0].toUpperCase());
	created.setAttribute("aria-hidden", "true");
	return created;
}

function append(item) {
	const list = $("messages");
	const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
	list.append(item);
	while (list.children.length > MOST_MESSAGES) {
		list.firstElementChild.remove();
	}
	if (atEnd) {
		list.scrollTop = list.scrollHeight;
	}
}

/** Shows a note, unless it is a good one that was shown last. */
export function showNote(text, bad = false) {
	const last = $("messages").lastElementChild;
	if (bad || !last?.classList.contains("note") || last.textContent !== text) {
		append(element("li", bad ? "note bad" : "note", text));
	}
}

export function showMessage(message, me) {
	const item = element("li", message.from === me ? "message mine" : "message");
	const time = element("time", "", new Date(message.at).toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"}));
	time.dateTime = message.at;
	const head = element("span", "head", message.from === me ? "" : `${message.from} · `);
	head.append(time);
	item.append(avatar(message.from), head, element("span", "bubble", message.text));
	append(item);
}

export function showPeople(names, me) {
	$("people-count").textContent = String(names.length);
	$("people").replaceChildren(...names.map((name) => {
		const item = element("li", "person");
		item.append(avatar(name), element("span", "", name));
		if (name === me) {
			item.append(element("span", "you", "you"));
		}
		return item;
	}));
}

export function showRooms(sizes, current, enter) {
	const rooms = {lobby: 0, help: 0, random: 0, ...sizes};
	if (current && !(current in rooms)) {
		rooms[current] = 0;
	}
	$("rooms").replaceChildren(...Object.keys(rooms).map((room) => {
		const button = element("button", "", "");
		button.type = "button";
		button.append(element("span", "", `# ${room}`), element("span", "count", rooms[room] ? String(rooms[room]) : ""));
		button.setAttribute("aria-current", String(room === current));
		button.addEventListener("click", () => enter(room));
		const item = element("li");
		item.append(button);
		return item;
	}));
}

export function showTyping(names) {
	const most = names.slice(0, 3).join(", ");
	$("typing").textContent = names.length === 0 ? "" : `${most} ${names.length === 1 ? "is" : "are"} typing …`;
}

export function showState(state, text) {
	$("status").dataset.state = state;
	$("status").textContent = text;
	const open = state === "open";
	$("text").disabled = !open;
	$("send").disabled = !open;
}
