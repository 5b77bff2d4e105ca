package words

import (
	"errors"

	"digibrug/data"
)

// codeSentence says why a paper code opens nothing. The doors tell it before there is any room, so it stands here
// and not in the table of the rooms.
func codeSentence(err error) (Key, bool) {
	for _, k := range []Known{
		{Err: data.ErrCodeUsed, Key: ErrorCodeUsed},
		{Err: data.ErrCodeExpired, Key: ErrorCodeExpired},
		{Err: data.ErrCodeEarly, Key: ErrorCodeEarly},
		{Err: data.ErrCodeRevoked, Key: ErrorCodeRevoked},
		{Err: data.ErrCodeReplaced, Key: ErrorCodeReplaced},
		{Err: data.ErrCodeAddress, Key: ErrorCodeAddress},
		{Err: data.ErrCodesClosed, Key: ErrorCodesClosed},
	} {
		if errors.Is(err, k.Err) {
			return k.Key, true
		}
	}
	return "", false
}

// CodeRefused says to who typed a paper code why it opened nothing. That a code is not known says no more than that.
// known is false for what has nothing to do with the code.
func CodeRefused(lang Lang, err error) (text string, known bool) {
	if _, of := codeSentence(err); !of && errors.Is(err, data.ErrDenied) {
		return T(lang, DoorCodeWrong), true
	}
	return Sentence(lang, err)
}

// CodeState is what the state of a paper code is called: "code.state.<state>".
func CodeState(s data.CodeState) Key { return Key("code.state." + string(s)) }

// CodeStands says in a sentence where a code in this state is in its life: "code.stands.<state>".
func CodeStands(s data.CodeState) Key { return Key("code.stands." + string(s)) }
