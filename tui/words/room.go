package words

// RoomKind names one of data.RoomKinds.
func RoomKind(kind string) Key {
	switch kind {
	case "ocr":
		return CourseroomsKindOcr
	case "cafetaria":
		return CourseroomsKindCafetaria
	case "testlokaal":
		return CourseroomsKindTestlokaal
	case "balie":
		return CourseroomsKindBalie
	case "vergaderzaal":
		return CourseroomsKindVergaderzaal
	}
	return CourseroomsKindLeslokaal
}
