package words

// Where a location is.
const (
	AddressStreet   Key = "address.street"
	AddressHint     Key = "address.hint"
	AddressPostcode Key = "address.postcode"
	AddressTown     Key = "address.town"
	AddressSaved    Key = "address.saved"
	AddressSet      Key = "address.set"
	AddressCli      Key = "address.cli"
	AddressNothing  Key = "address.nothing"
	AddressCliLong  Key = "address.cli_long"
)
